import assert from "node:assert/strict";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { LaneSlots } from "./lane-slots.ts";

const test = suite("slots of the lanes");
const limits = { interactive: 8, standard: 8, bulk: 32 };

test("are each lane's own", () => {
  const slots = new LaneSlots(limits);
  slots.take("standard");
  assert.deepEqual([slots.free("interactive"), slots.free("standard"), slots.free("bulk")], [8, 7, 32]);
});

test("leave bulk an eighth while an interactive run is under way, and a moment longer", async () => {
  const clock = new ManualClock();
  const slots = new LaneSlots(limits, clock);
  slots.take("interactive");
  assert.equal(slots.free("bulk"), 4);
  for (let n = 0; n < 6; n += 1) slots.take("bulk");
  assert.equal(slots.free("bulk"), -2);
  slots.release("interactive");
  await clock.advance(500);
  assert.equal(slots.free("bulk"), -2);
  await clock.advance(600);
  assert.equal(slots.free("bulk"), 26);
});

test("never leave bulk without any", () => {
  const slots = new LaneSlots({ ...limits, bulk: 2 });
  slots.take("interactive");
  assert.equal(slots.free("bulk"), 1);
});

test("wake bulk when the last interactive run has ended", async () => {
  const slots = new LaneSlots(limits);
  slots.take("interactive");
  for (let n = 0; n < 4; n += 1) slots.take("bulk");
  let isFree = false;
  const woken = slots.whenFree("bulk").then(() => (isFree = true));
  await Promise.resolve();
  assert.equal(isFree, false);
  slots.release("interactive");
  await woken;
});

test.run();
