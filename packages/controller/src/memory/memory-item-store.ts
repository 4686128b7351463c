import type { RunId } from "@longarm/shared";
import type { ItemsEnd, ItemStore, StoredPage } from "../ports/item-store.ts";
import { Changes } from "./changes.ts";

/** A page, or a fence behind the pages so far. */
interface Stored extends ItemsEnd {
  readonly epoch: number;
  readonly kept: StoredPage | undefined;
}

/** Kept pages in memory, for tests. */
export class MemoryItemStore implements ItemStore {
  readonly #stored = new Map<RunId, Stored[]>();
  readonly #changes = new Changes();
  #sequence = 0;

  async last(run: RunId): Promise<ItemsEnd | undefined> {
    return this.#lastOf(run);
  }

  async append(run: RunId, put: Parameters<ItemStore["append"]>[1], signal: AbortSignal) {
    const { page, epoch } = put;
    signal.throwIfAborted();
    const last = this.#lastOf(run);
    if ((last?.sequence ?? 0) !== put.after) return { kind: "conflict", epoch: last?.epoch ?? 0 } as const;
    this.#sequence += 1;
    this.#put(run, { page, epoch, kept: { page, sequence: this.#sequence }, sequence: this.#sequence });
    this.#changes.tell();
    return { kind: "stored", sequence: this.#sequence } as const;
  }

  async fence(run: RunId, epoch: number): Promise<void> {
    const last = this.#lastOf(run);
    if (last && last.epoch >= epoch) return;
    this.#sequence += 1;
    this.#put(run, { page: last?.page, epoch, kept: undefined, sequence: this.#sequence });
  }

  async *read(run: RunId, signal: AbortSignal): AsyncGenerator<StoredPage> {
    for (let next = 0; !signal.aborted;) {
      const stored = this.#stored.get(run)?.[next];
      if (stored) {
        next += 1;
        if (stored.kept) yield stored.kept;
      } else await this.#changes.next(signal);
    }
  }

  forget(run: RunId): void {
    this.#stored.delete(run);
  }

  #lastOf(run: RunId): Stored | undefined {
    return this.#stored.get(run)?.at(-1);
  }

  #put(run: RunId, stored: Stored): void {
    this.#stored.set(run, [...(this.#stored.get(run) ?? []), stored]);
  }
}
