import { deepEqual, equal, ok } from "node:assert/strict";
import { type ErrorCode, errorSentences, LongarmError } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { statusOfCode, toLongarmError, toProblem } from "./problem.ts";

const test = suite("problem");

test("every code of the closed set has an HTTP status of an error, and no other code has one", () => {
  deepEqual(Object.keys(statusOfCode).toSorted(), Object.keys(errorSentences).toSorted());
  for (const code of Object.keys(errorSentences) as ErrorCode[]) ok(statusOfCode[code] >= 400 && statusOfCode[code] < 600, code);
});

test("shows the code, its sentence, the message, and the run that the details name", () => {
  const error = new LongarmError("unknown_run", "No run has the id run_x.", { details: { runId: "run_x" } });
  deepEqual(toProblem(error), {
    type: "urn:longarm:error:unknown_run",
    title: errorSentences.unknown_run,
    status: 404,
    detail: "No run has the id run_x.",
    code: "unknown_run",
    details: { runId: "run_x" },
    runId: "run_x",
  });
});

test("says that a request may be tried again where it may", () => {
  equal(toProblem(new LongarmError("broker_unavailable", undefined, { retryable: true })).retryable, true);
  ok(!("retryable" in toProblem(new LongarmError("internal"))));
});

test("takes what nobody foresaw for a fault of its own", () => {
  equal(toLongarmError(new TypeError("x is not a function"), 1).code, "internal");
  equal(toLongarmError(undefined, 1).code, "internal");
});

test.run();
