import assert from "node:assert/strict";
import { newId, type LogEntry } from "@longarm/shared";
import { anySubmission } from "../../../../test/support/run-stores.ts";
import { suite } from "../../../../test/support/suite.ts";
import { OwnRecords } from "./own-records.ts";

const test = suite("what a carrier holds of a run's log");

const submission = anySubmission({ runId: newId("run") });
const claimed: LogEntry = { kind: "claimed", controllerId: newId("controller") };
const cancelRequested: LogEntry = { kind: "cancelRequested", principal: "ada" };
const completed: LogEntry = { kind: "completed", status: "succeeded", output: null, error: null };
const parked: LogEntry = { kind: "parked", reason: "target_busy", sentence: "", sinceMs: 1, untilMs: 2, ordinal: 0, stage: 0 };

function held(...records: readonly (readonly LogEntry[])[]) {
  const own = new OwnRecords();
  for (const [index, entries] of records.entries())
    own.take({ position: { sequence: index + 1, hash: new Uint8Array(), epoch: 1 }, timeMs: index, entries });
  return own.whole(submission)?.records.map(({ entries }) => entries);
}

test("is the whole of a run that has ended", () => {
  assert.deepEqual(held([claimed], [cancelRequested], [completed]), [[claimed], [cancelRequested], [completed]]);
});

test("is nothing of a run that goes on", () => {
  assert.equal(held([claimed], [cancelRequested]), undefined);
});

test("is nothing of a run that has parked, or has very many records", () => {
  assert.equal(held([claimed], [parked], [completed]), undefined);
  assert.equal(held(...Array.from({ length: 8 }, () => [cancelRequested]), [completed]), undefined);
});

test.run();
