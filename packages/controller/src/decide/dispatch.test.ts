import assert from "node:assert/strict";
import { dispatchMs } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { notAfterOf, settledAfterMs, writtenAtOf } from "./dispatch.ts";

const test = suite("when a call may begin, and when it is over");

test("a call may begin for ten seconds after its intent was written", () => {
  assert.equal(notAfterOf(1_000), 1_000 + dispatchMs);
  assert.equal(writtenAtOf(notAfterOf(1_000)), 1_000);
});

test("a call is over when it might have begun at the last moment and taken all its time, on a clock two seconds behind", () => {
  assert.equal(settledAfterMs(30_000), 42_000);
});

test.run();
