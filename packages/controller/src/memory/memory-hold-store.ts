import { subjectToken } from "@longarm/shared";
import type { HoldStore, Holds } from "../ports/hold-store.ts";

/** The twin of `KvHoldStore` for tests; several controllers may share one. */
export class MemoryHoldStore implements HoldStore {
  readonly #stored = new Map<string, Holds>();
  readonly #listeners = new Set<(key: string) => void>();
  #revision = 0;

  known(key: string): Holds {
    return this.#stored.get(key) ?? { key: subjectToken(key), revision: 0, holders: [] };
  }

  held(): readonly Holds[] {
    return [...this.#stored.values()].filter(({ holders }) => holders.length > 0);
  }

  async refresh(): Promise<void> {
    await Promise.resolve();
  }

  async write(holds: Holds): Promise<Holds | undefined> {
    await Promise.resolve();
    if (holds.revision !== this.known(holds.key).revision) return undefined;
    const written = { ...holds, revision: ++this.#revision };
    this.#stored.set(holds.key, written);
    for (const listener of this.#listeners) listener(holds.key);
    return written;
  }

  onChange(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
