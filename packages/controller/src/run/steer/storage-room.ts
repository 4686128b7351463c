import { LongarmError } from "@longarm/shared";
import type { RoomVerdict } from "../../decide/storage.ts";

/** Whether there is room for new runs, as it was last seen. */
export class StorageRoom {
  #verdict: RoomVerdict = { hasRoom: true, roomBytes: null, sentence: "The store has not been looked at yet." };
  #isStuck = false;

  /** True when it differs from before: there is room again, or no more. */
  see(verdict: RoomVerdict): boolean {
    const isNews = verdict.hasRoom !== this.#verdict.hasRoom;
    this.#verdict = verdict;
    return isNews;
  }

  /** Writes fail though there is room. */
  seeWrites(succeed: boolean): void {
    this.#isStuck = !succeed;
  }

  get hasRoom(): boolean {
    return this.#verdict.hasRoom && !this.#isStuck;
  }

  get sentence(): string {
    if (this.#isStuck) return "The disk was full, and the broker refuses writes since; it must be started again.";
    return this.#verdict.sentence;
  }

  /** Throws `storage_full` while new runs are refused. */
  assertRoom(): void {
    if (!this.hasRoom)
      throw new LongarmError("storage_full", this.sentence, { retryable: true, details: { roomBytes: this.#verdict.roomBytes } });
  }
}
