import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { seededDraw } from "./place-seed.ts";

const test = suite("seeded draws");

test("repeat for the same seed and stay below the limit", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.integer({ min: 1, max: 2 ** 32 })), (seed, limits) => {
      const [left, right] = [seededDraw(seed), seededDraw(seed)];
      for (const limit of limits) {
        const drawn = left.below(limit);
        assert.equal(drawn, right.below(limit));
        assert.ok(Number.isInteger(drawn) && drawn >= 0 && drawn < limit);
      }
    }),
  );
});

/** Pearson's chi-squared over `cells` equally likely cells. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

test("are spread evenly over the first draws of like seeds, over one seed's draws, and over pairs", () => {
  const [first, along, pairs] = [0, 0, 0].map(() => Array.from({ length: 100 }, () => 0));
  const one = seededDraw("call_00000000000000000000000000");
  for (let index = 0; index < 20_000; index += 1) {
    const draw = seededDraw(`call_${String(index).padStart(26, "0")}`);
    const [a, b] = [draw.below(10), draw.below(10)];
    for (const [counts, cell] of [
      [first, seededDraw(`call_${index}`).below(100)],
      [along, one.below(100)],
      [pairs, a * 10 + b],
    ] as const) {
      if (counts) counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  // 99 degrees of freedom: 161 is passed by chance once in 10,000.
  for (const counts of [first, along, pairs]) assert.ok(chiSquared(counts ?? []) < 161, String(chiSquared(counts ?? [])));
});

test.run();
