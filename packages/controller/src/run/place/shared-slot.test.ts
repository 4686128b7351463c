import assert from "node:assert/strict";
import type { Lane } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { SharedSlot } from "./shared-slot.ts";

const test = suite("the slot of a run that does several things at once");

function counted(): { readonly slot: SharedSlot; readonly free: () => number } {
  let free = 0;
  const slots = { release: (_lane: Lane): void => void (free += 1), take: (_lane: Lane): void => void (free -= 1) };
  return { slot: new SharedSlot(slots, "bulk"), free: () => free };
}

test("is given back while all of them wait, and taken again when one goes on", async () => {
  const { slot, free } = counted();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const both = [slot.sharedBy(() => first.promise), slot.sharedBy(() => second.promise)];
  slot.release();
  assert.equal(free(), 0);
  slot.release();
  assert.equal(free(), 1);
  slot.take();
  assert.equal(free(), 0);
  slot.take();
  first.resolve();
  second.resolve();
  await Promise.all(both);
  assert.equal(free(), 0);
});

test("is given back when the last one that did not wait has ended, and taken by one that begins", async () => {
  const { slot, free } = counted();
  const [waits, ends, begins] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = slot.sharedBy(() => waits.promise);
  const second = slot.sharedBy(() => ends.promise);
  slot.release();
  ends.resolve();
  await second;
  assert.equal(free(), 1);
  const third = slot.sharedBy(() => begins.promise);
  assert.equal(free(), 0);
  slot.take();
  waits.resolve();
  begins.resolve();
  await Promise.all([first, third]);
  assert.equal(free(), 0);
});

test.run();
