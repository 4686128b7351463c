import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { meaningOf, pauseBehind } from "./webhook-answer.ts";

const test = suite("the answer of a webhook's receiver");

test("takes the message with any 2xx", () => {
  for (const status of [200, 202, 204]) assert.deepEqual(meaningOf(status, undefined), { kind: "taken" });
});

test("asks for it again where that may help, after the pause that it names, of a minute at most", () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504])
    assert.deepEqual(meaningOf(status, undefined), { kind: "again", afterMs: null });
  assert.deepEqual(meaningOf(429, "7"), { kind: "again", afterMs: 7_000 });
  assert.deepEqual(meaningOf(503, "999999"), { kind: "again", afterMs: 60_000 });
  assert.deepEqual(meaningOf(503, "Wed, 21 Oct 2026 07:28:00 GMT"), { kind: "again", afterMs: null });
});

test("refuses it for good with anything else, redirects included", () => {
  for (const status of [301, 308, 400, 401, 404, 410, 413, 501]) assert.equal(meaningOf(status, "1").kind, "refused");
});

test("lets pauses grow to a quarter of a minute", () => {
  assert.deepEqual(
    [1, 2, 3, 6, 7, 30].map((attempt) => pauseBehind(attempt, null)),
    [250, 500, 1_000, 8_000, 15_000, 15_000],
  );
  assert.equal(pauseBehind(9, 40), 40);
});

test.run();
