interface Lagging<T> {
  readonly visibleAtMs: number;
  readonly was: T | undefined;
}

/**
 * What the search index shows of objects that changed a moment ago: for `lagMs` after a change, the object as it was before
 * (undefined when it did not exist). Okta's `search` reads such an index; reads by id do not.
 */
export class IndexLag<T> {
  readonly #lagMs: number;
  readonly #changes = new Map<number, Lagging<T>[]>();

  constructor(lagMs: number) {
    this.#lagMs = lagMs;
  }

  /** Notes that the object was `was` until `nowMs`. */
  note(index: number, was: T | undefined, nowMs: number): void {
    if (this.#lagMs <= 0) return;
    const changes = this.#changes.get(index) ?? [];
    changes.push({ visibleAtMs: nowMs + this.#lagMs, was });
    this.#changes.set(index, changes);
  }

  /** The indexes of all objects that the search index may still show as they were. */
  pending(): Iterable<number> {
    return this.#changes.keys();
  }

  /** The object as the index shows it at `nowMs`, `current` being what it really is. */
  seen(index: number, current: T | undefined, nowMs: number): T | undefined {
    const changes = this.#changes.get(index);
    if (!changes) return current;
    const pending = changes.find((change) => change.visibleAtMs > nowMs);
    if (pending) return pending.was;
    this.#changes.delete(index);
    return current;
  }
}
