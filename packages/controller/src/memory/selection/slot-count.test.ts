import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { settleMs, SlotCount } from "./slot-count.ts";

const test = suite("counting an agent's slots between beats");

test("subtracts what was placed since the beat, and gives it back once", () => {
  const slots = new SlotCount({ total: 2, free: 2 });
  const release = slots.take(0);
  slots.take(0);
  assert.equal(slots.free, 0);
  release();
  release();
  assert.equal(slots.free, 1);
});

test("does not count a call twice when the next beat knows of it", () => {
  const slots = new SlotCount({ total: 4, free: 4 });
  slots.take(0);
  slots.beat({ total: 4, free: 3 }, 1000);
  assert.equal(slots.free, 3);
});

test("keeps counting a call that was placed too shortly before the beat for the beat to know of it", () => {
  const slots = new SlotCount({ total: 1, free: 1 });
  slots.take(1000 - settleMs + 1);
  slots.beat({ total: 1, free: 1 }, 1000);
  assert.equal(slots.free, 0);
  slots.beat({ total: 1, free: 0 }, 2000);
  assert.equal(slots.free, 0);
});

test("has room again at once when calls end that the beat counted as running", () => {
  const slots = new SlotCount({ total: 1, free: 1 });
  const release = slots.take(0);
  slots.beat({ total: 1, free: 0 }, 1000);
  release();
  assert.equal(slots.free, 1);
  slots.beat({ total: 1, free: 1 }, 2000);
  assert.equal(slots.free, 1);
});

test("believes a smaller number of slots at once", () => {
  const slots = new SlotCount({ total: 8, free: 8 });
  slots.beat({ total: 2, free: 2 }, 1000);
  assert.deepEqual([slots.total, slots.free], [2, 2]);
});

const event = fc.oneof(fc.constant("take"), fc.constant("end"), fc.constant("beat"));

test("never places more than an agent of its own can hold, and never starves it, when beats are prompt", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(event, { maxLength: 80 }), (total, events) => {
      const slots = new SlotCount({ total, free: total });
      const open: (() => void)[] = [];
      let now = 0;
      for (const name of events) {
        now += settleMs;
        if (name === "take" && slots.free > 0) open.push(slots.take(now));
        if (name === "end") open.shift()?.();
        if (name === "beat") slots.beat({ total, free: total - open.length }, now);
        assert.equal(slots.free, total - open.length);
      }
    }),
  );
});

test.run();
