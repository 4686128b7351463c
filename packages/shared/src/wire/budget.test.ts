import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { decodeBudgetGossip, encodeBudgetGossip } from "./budget-codec.ts";
import type { TargetWord } from "./budget-messages.ts";
import { wire } from "./generated.ts";

const test = suite("budget gossip");

const count = fc.integer({ min: 0, max: 0xffff_ffff });
const positive = fc.integer({ min: 1, max: 0xffff_ffff });
const name = fc.string({ minLength: 1, maxLength: 60 });
const plain = { noNullPrototype: true } as const;
const window = fc.record({ limit: positive, used: count, reset: fc.integer({ min: 0, max: 4_000_000_000 }), leftMs: count }, plain);
const bucket = fc.record(
  { name, pending: count, window: fc.option(window), pausedForMs: count, interactiveAgoMs: fc.option(count) },
  plain,
);
const target: fc.Arbitrary<TargetWord> = fc.record(
  {
    target: name,
    open: count,
    squeeze: fc.option(fc.record({ places: positive, agoMs: count }, plain)),
    buckets: fc.array(bucket, { maxLength: 5 }),
  },
  plain,
);

test("arrives as it was told", () => {
  fc.assert(
    fc.property(fc.array(target, { maxLength: 4 }), (words) => assert.deepEqual(decodeBudgetGossip(encodeBudgetGossip(words)), words)),
  );
});

test("is told in whole milliseconds, and no number is too large to be told", () => {
  const told: TargetWord = {
    ...{ target: "https://acme.okta.com", open: 0, squeeze: null },
    buckets: [
      { name: "b", pending: 0, window: { limit: 2 ** 40, used: 1.4, reset: 1, leftMs: 0.6 }, pausedForMs: 0.2, interactiveAgoMs: 7.5 },
    ],
  };
  const [word] = decodeBudgetGossip(encodeBudgetGossip([told]));
  assert.deepEqual(word?.buckets[0], {
    ...{ name: "b", pending: 0, window: { limit: 2 ** 32 - 1, used: 1, reset: 1, leftMs: 1 }, pausedForMs: 0, interactiveAgoMs: 8 },
  });
});

test("that names no target, no bucket or a limit of nothing is refused", () => {
  const refused = (targets: object[]): void => {
    assert.throws(() => decodeBudgetGossip(wire.BudgetGossip.encode({ targets }).finish()), { code: "invalid_wire_message" });
  };
  refused([{ target: "", open: 1, buckets: [] }]);
  refused([{ target: "t", buckets: [{ name: "" }] }]);
  refused([{ target: "t", buckets: [{ name: "b", window: { limit: 0, used: 0, reset: 0, leftMs: 0 } }] }]);
  assert.throws(() => decodeBudgetGossip(new Uint8Array([0xff])), { code: "invalid_wire_message" });
});

test.run();
