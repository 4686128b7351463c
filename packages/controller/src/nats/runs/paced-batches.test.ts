import assert from "node:assert/strict";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { pacedBatches } from "./paced-batches.ts";

const test = suite("batches at a pace");

class Feed implements AsyncIterable<number> {
  readonly #waiting: number[] = [];
  #wake: (() => void) | undefined;
  #received = 0;

  push(...numbers: readonly number[]): void {
    this.#received += numbers.length;
    this.#waiting.push(...numbers);
    this.#wake?.();
  }

  getReceived(): number {
    return this.#received;
  }

  getProcessed(): number {
    return this.#received - this.#waiting.length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** A feed, and the batches that have come out of it; odd numbers are left out. */
function follow() {
  const [feed, clock, told, stopping] = [new Feed(), new ManualClock(), [] as number[][], new AbortController()];
  const read = (number: number): number | undefined => (number % 2 === 0 ? number : undefined);
  const batches = pacedBatches(feed, read, { clock, signal: stopping.signal, most: 4, much: 2, paceMs: 50 });
  void (async () => {
    for await (const batch of batches) told.push([...batch]);
  })();
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { feed, clock, told, stopping, settle };
}

test("the first few are told at once, and what comes soon after them together", async () => {
  const { feed, clock, told, settle } = follow();
  for (const number of [2, 4, 6, 7, 8]) {
    feed.push(number);
    await settle();
  }
  assert.deepEqual(told, [[2], [4]]);
  await clock.advance(50, 50);
  await settle();
  assert.deepEqual(told, [[2], [4], [6, 8]]);
  feed.push(10);
  await settle();
  assert.deepEqual(told.length, 3);
  await clock.advance(100, 50);
  feed.push(12);
  await settle();
  assert.deepEqual(told.slice(3), [[10], [12]]);
});

test("what fills a batch does not wait", async () => {
  const { feed, told, settle } = follow();
  feed.push(2, 4);
  await settle();
  feed.push(6, 8, 10, 12, 14);
  await settle();
  assert.deepEqual(told, [
    [2, 4],
    [6, 8, 10, 12],
  ]);
});

test("what is held back is told when the wait is ended", async () => {
  const { feed, told, stopping, settle } = follow();
  feed.push(2, 4);
  await settle();
  feed.push(6);
  await settle();
  assert.deepEqual(told, [[2, 4]]);
  stopping.abort();
  await settle();
  assert.deepEqual(told, [[2, 4], [6]]);
});

test.run();
