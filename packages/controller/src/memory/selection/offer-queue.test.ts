import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { OfferQueue } from "./offer-queue.ts";

const test = suite("those who wait for a slot");

/** A queue with members that take, or do not, and tell that they were asked. */
function queueOf() {
  const queue = new OfferQueue();
  const asked: string[] = [];
  const join = (name: string, { group, takes = true }: { group?: string; takes?: boolean } = {}): (() => void) => {
    const leave = queue.add(() => {
      asked.push(name);
      if (takes) leave();
      return takes;
    }, group);
    return leave;
  };
  return { queue, asked, join };
}

test("are asked in their order, as many as there are slots, the groups in turn", () => {
  const { queue, asked, join } = queueOf();
  for (const name of ["a1", "a2", "a3"]) join(name, { group: "a" });
  join("b1", { group: "b" });
  queue.offer(3);
  assert.deepEqual(asked, ["a1", "b1", "a2"]);
  queue.offer(9);
  assert.deepEqual(asked, ["a1", "b1", "a2", "a3"]);
  assert.ok(queue.isEmpty);
});

test("are asked by their first alone when it has no use for the slot, however many they are", () => {
  const { queue, asked, join } = queueOf();
  for (let n = 0; n < 1_000; n += 1) join(`a${n}`, { group: "a", takes: false });
  join("b", { group: "b" });
  queue.offer(64);
  assert.deepEqual(asked, ["a0", "b"]);
});

test("are not asked once they have left", () => {
  const { queue, asked, join } = queueOf();
  join("gone")();
  queue.offer(1);
  assert.deepEqual([asked, queue.isEmpty], [[], true]);
});

test.run();
