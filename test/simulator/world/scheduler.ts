import { LongarmError } from "@longarm/shared";

/** Something that is to happen at a virtual time. */
export interface Due {
  readonly atMs: number;
  readonly order: number;
  fire: (() => void) | undefined;
}

/**
 * Virtual time. What is due happens in the order of its time, and of its scheduling where times are equal; before the next thing
 * happens, every promise that can go on has gone on. Nothing here waits for the machine's clock.
 */
export class Scheduler {
  #nowMs = 0;
  #order = 0;
  readonly #heap: Due[] = [];

  /** Milliseconds since the world began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many things have happened or were dropped so far. */
  get scheduled(): number {
    return this.#order;
  }

  at(delayMs: number, fire: () => void): Due {
    const due: Due = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, fire };
    this.#order += 1;
    this.#push(due);
    return due;
  }

  /** Lets things happen until `isDone`, or until the time is over: `late`. Rejects with what one of them threw. */
  run(isDone: () => boolean, untilMs: number): Promise<"done" | "late"> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        try {
          if (isDone()) return resolve("done");
          if ((this.#heap[0]?.atMs ?? Number.POSITIVE_INFINITY) > untilMs) return this.#endAt(untilMs, resolve);
          const due = this.#pop();
          if (!due) return this.#endAt(untilMs, resolve);
          this.#nowMs = due.atMs;
          due.fire?.();
        } catch (reason) {
          return reject(LongarmError.from(reason));
        }
        // Between two of these Node lets every settled promise go on.
        setImmediate(step);
      };
      step();
    });
  }

  #endAt(ms: number, resolve: (end: "late") => void): void {
    this.#nowMs = ms;
    resolve("late");
  }

  #pop(): Due | undefined {
    for (;;) {
      const first = this.#heap[0];
      const last = this.#heap.pop();
      if (!first || !last) return undefined;
      if (first !== last) this.#sink(last);
      if (first.fire) return first;
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Due;
      if (!isBefore(due, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = due;
  }

  #sink(due: Due): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Due, heap[below] as Due)) below += 1;
      const child = heap[below] as Due;
      if (!isBefore(child, due)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = due;
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}
