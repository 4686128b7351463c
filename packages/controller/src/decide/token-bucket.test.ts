import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { isFull, takeToken, type TokenBucket } from "./token-bucket.ts";

const test = suite("token bucket");
const rule = { perSecond: 10, burst: 3 };

test("gives as many at once as the burst, then says when the next one comes", () => {
  let bucket: TokenBucket | undefined;
  for (let i = 0; i < 3; i += 1) {
    const taken = takeToken(rule, bucket, 0);
    equal(taken.kind, "taken");
    bucket = taken.bucket;
  }
  deepEqual(takeToken(rule, bucket, 0), { kind: "empty", bucket: { tokens: 0, atMs: 0 }, waitMs: 100 });
  equal(takeToken(rule, bucket, 100).kind, "taken");
  equal(isFull(rule, { tokens: 0, atMs: 0 }, 299), false);
  equal(isFull(rule, { tokens: 0, atMs: 0 }, 300), true);
});

test("over any time gives no more than the burst and the rate together", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 200 }), { maxLength: 200 }), (steps) => {
      let bucket: TokenBucket | undefined;
      let [nowMs, latest, given] = [1_000, 1_000, 0];
      for (const step of steps) {
        nowMs += step;
        latest = Math.max(latest, nowMs);
        const taken = takeToken(rule, bucket, nowMs);
        bucket = taken.bucket;
        if (taken.kind === "taken") given += 1;
      }
      const forward = steps.reduce((sum, step) => sum + Math.max(0, step), 0);
      equal(given <= rule.burst + (forward * rule.perSecond) / 1_000 + 1e-6, true);
    }),
  );
});

test.run();
