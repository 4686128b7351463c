import assert from "node:assert/strict";
import fc from "fast-check";
import { isFinished, runStatuses } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { isExpired, planSweep } from "./retention.ts";

const test = suite("how long runs are kept");
const day = 86_400_000;

const pauses: readonly (readonly [what: string, keepMs: number, jitter: number, pauseMs: number])[] = [
  ["thirty days are looked at every ten minutes", 30 * day, 0.5, 600_000],
  ["two controllers look at different times", 30 * day, 0, 450_000],
  ["an hour is looked at every 36 seconds", 3_600_000, 0.5, 36_000],
  ["two seconds are looked at every second", 2_000, 0.5, 1_000],
];
for (const [what, keepMs, jitter, pauseMs] of pauses) {
  test(what, () => assert.equal(planSweep(keepMs, { nowMs: 0, jitter }).pauseMs, pauseMs));
}

test("a run is removed if and only if it has finished, and longer ago than runs are kept", () => {
  const arbitrary = fc.record({
    status: fc.constantFrom(...runStatuses),
    endedAtMs: fc.option(fc.nat(10_000)),
    keepMs: fc.nat(10_000),
    nowMs: fc.nat(20_000),
  });
  fc.assert(
    fc.property(arbitrary, ({ status, endedAtMs, keepMs, nowMs }) => {
      const expected = isFinished(status) && endedAtMs !== null && nowMs - endedAtMs > keepMs;
      assert.equal(isExpired({ status, endedAtMs }, planSweep(keepMs, { nowMs, jitter: 0 })), expected);
    }),
  );
});

test.run();
