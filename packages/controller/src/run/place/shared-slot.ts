import type { Lane } from "@longarm/shared";
import type { LaneSlots } from "./lane-slots.ts";

/** What a run that is under way does with its lane's slots. */
export type SlotOfRun = Pick<LaneSlots, "take" | "release">;

/** The one slot of a run that does several things at once: it is given back only while all of them wait. */
export class SharedSlot implements SlotOfRun {
  readonly #slots: SlotOfRun;
  readonly #lane: Lane;
  #doing = 0;
  #waiting = 0;
  #isGiven = false;

  constructor(slots: SlotOfRun, lane: Lane) {
    this.#slots = slots;
    this.#lane = lane;
  }

  /** Counts `act` among what the run does until it has ended. */
  async sharedBy<T>(act: () => Promise<T>): Promise<T> {
    this.#change({ doing: 1 });
    try {
      return await act();
    } finally {
      this.#change({ doing: -1 });
    }
  }

  release(): void {
    this.#change({ waiting: 1 });
  }

  take(): void {
    this.#change({ waiting: -1 });
  }

  #change({ doing = 0, waiting = 0 }: { doing?: number; waiting?: number }): void {
    this.#doing += doing;
    this.#waiting += waiting;
    const isToGive = this.#waiting > 0 && this.#waiting >= this.#doing;
    if (isToGive === this.#isGiven) return;
    this.#isGiven = isToGive;
    if (isToGive) this.#slots.release(this.#lane);
    else this.#slots.take(this.#lane);
  }
}
