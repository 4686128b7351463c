import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { fullBucket, take } from "./rate.ts";

const test = suite("a rule's rate");

test("lets through as many as it says at once, then one each time that its share of the span has passed", () => {
  const rate = { requests: 3, perMs: 60_000 };
  let bucket = fullBucket(rate, 0);
  for (let n = 0; n < 3; n++) {
    const taken = take(rate, bucket, 0);
    assert.equal(taken.kind, "taken");
    if (taken.kind === "taken") bucket = taken.bucket;
  }
  assert.deepEqual(take(rate, bucket, 0), { kind: "empty", afterMs: 20_000 });
  assert.deepEqual(take(rate, bucket, 19_999), { kind: "empty", afterMs: 1 });
  assert.equal(take(rate, bucket, 20_000).kind, "taken");
});

test("never lets more through than its number and what came back, whenever it is asked", () => {
  const rates = fc.record({ requests: fc.integer({ min: 1, max: 50 }), perMs: fc.constantFrom(1_000, 60_000) });
  fc.assert(
    fc.property(rates, fc.array(fc.integer({ min: -5, max: 500 }), { maxLength: 300 }), (rate, pauses) => {
      let [nowMs, latestMs, count] = [0, 0, 0];
      let bucket = fullBucket(rate, 0);
      for (const pauseMs of pauses) {
        nowMs += pauseMs;
        latestMs = Math.max(latestMs, nowMs);
        const taken = take(rate, bucket, nowMs);
        if (taken.kind !== "taken") continue;
        count += 1;
        bucket = taken.bucket;
      }
      assert.ok(count <= rate.requests + (latestMs / rate.perMs) * rate.requests + 1e-6, `${count} in ${latestMs} ms`);
    }),
  );
});

test.run();
