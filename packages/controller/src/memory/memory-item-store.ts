import type { RunId } from "@longarm/shared";
import type { ItemStore, StoredPage } from "../ports/item-store.ts";

/** Kept pages in memory, for tests. */
export class MemoryItemStore implements ItemStore {
  readonly #pages = new Map<RunId, StoredPage[]>();
  readonly #wakes = new Set<() => void>();
  #sequence = 0;

  async last(run: RunId): Promise<StoredPage | undefined> {
    return this.#pages.get(run)?.at(-1);
  }

  async append(run: RunId, put: Parameters<ItemStore["append"]>[1], signal: AbortSignal) {
    const { page } = put;
    signal.throwIfAborted();
    const pages = this.#pages.get(run) ?? [];
    if ((pages.at(-1)?.sequence ?? 0) !== put.after) return { kind: "conflict" } as const;
    this.#sequence += 1;
    this.#pages.set(run, [...pages, { page, sequence: this.#sequence }]);
    for (const wake of this.#wakes) wake();
    return { kind: "stored", sequence: this.#sequence } as const;
  }

  async *read(run: RunId, signal: AbortSignal): AsyncGenerator<StoredPage> {
    for (let next = 0; !signal.aborted;) {
      const page = this.#pages.get(run)?.[next];
      if (page) {
        next += 1;
        yield page;
      } else await this.#nextPage(signal);
    }
  }

  forget(run: RunId): void {
    this.#pages.delete(run);
  }

  #nextPage(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wakes.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#wakes.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}
