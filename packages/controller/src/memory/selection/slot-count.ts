/** A beat tells of the calls that reached the agent before it left; those taken less than this before it came may be missing in it. */
export const settleMs = 100;

interface Hold {
  readonly takenAtMs: number;
}

/**
 * The free slots of one agent between two of its beats. A beat says how many are free, counting the calls of every controller,
 * but not what this controller has placed since. So
 *
 *   free = reported − taken + returned, within 0 … total
 *
 * where *taken* are this controller's open calls that the beat cannot know: placed after it arrived, or within `settleMs`
 * before; and *returned* are those that the beat counted as running and that have ended since. Without the first, all choices
 * within a beat fall on one agent; without the second, an agent that was full at its beat would stand idle until the next.
 * Other controllers' calls are known from beats alone: the agent itself refuses what is too much, unsent.
 */
export class SlotCount {
  #total: number;
  #reported: number;
  #returned = 0;
  readonly #taken = new Set<Hold>();

  constructor(slots: { readonly total: number; readonly free: number }) {
    this.#total = slots.total;
    this.#reported = slots.free;
  }

  get total(): number {
    return this.#total;
  }

  get free(): number {
    return Math.max(0, Math.min(this.#total, this.#reported - this.#taken.size + this.#returned));
  }

  /** A beat has come. `nowMs` is monotonic. */
  beat(slots: { readonly total: number; readonly free: number }, nowMs: number): void {
    this.#total = slots.total;
    this.#reported = slots.free;
    this.#returned = 0;
    for (const hold of this.#taken) if (nowMs - hold.takenAtMs >= settleMs) this.#taken.delete(hold);
  }

  /** Takes a slot; the function gives it back, and does nothing when called again. `nowMs` is monotonic. */
  take(nowMs: number): () => void {
    const hold: Hold = { takenAtMs: nowMs };
    this.#taken.add(hold);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      if (!this.#taken.delete(hold)) this.#returned += 1;
    };
  }
}
