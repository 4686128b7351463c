import assert from "node:assert/strict";
import { dispatchMs } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { leftByMs, notAfterOf, settledAfterMs, targetIsDoneAtMs } from "./dispatch.ts";

const test = suite("when a call may begin, and when it is over");

test("a call may begin for ten seconds after its intent was written", () => {
  assert.equal(notAfterOf(1_000), 1_000 + dispatchMs);
});

test("a call is over when it might have begun at the last moment and taken all its time, on a clock two seconds behind", () => {
  assert.equal(settledAfterMs(30_000), 42_000);
});

test("a call's first byte leaves no later than its end is heard of, and no later than it may begin", () => {
  assert.deepEqual([leftByMs(1_000, 1_400), leftByMs(1_000, 99_000)], [1_400, 11_000]);
});

test("a target is done with a call when its client would have given it up, and two seconds more for the way", () => {
  assert.equal(targetIsDoneAtMs(1_000, 30_000), 33_000);
});

test.run();
