import { LongarmError, subjectToken, systemClock, type Clock } from "@longarm/shared";
import { keptVersions, type Revised, type VersionedStore } from "../ports/connection-store.ts";
import type { DefinitionCodec } from "../ports/definition-codec.ts";

interface Stored {
  readonly json: string;
  readonly revision: number;
  readonly sequence: number;
  readonly updatedAt: number;
}

/** The twin of `KvDefinitionStore` for tests: nothing is sealed, everything else behaves alike. */
export class MemoryDefinitionStore<T> implements VersionedStore<T> {
  readonly #codec: DefinitionCodec<T>;
  readonly #clock: Clock;
  readonly #stored = new Map<string, Stored>();
  /** The newest first. */
  readonly #versions = new Map<string, readonly Stored[]>();
  #sequence = 0;

  constructor(codec: DefinitionCodec<T>, clock: Clock = systemClock) {
    this.#codec = codec;
    this.#clock = clock;
  }

  async get(name: string): Promise<Revised<T> | undefined> {
    const stored = this.#stored.get(name);
    return stored && this.#open(stored);
  }

  async list(): Promise<readonly Revised<T>[]> {
    return [...this.#stored].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, stored]) => this.#open(stored));
  }

  async versions(name: string): Promise<readonly Revised<T>[]> {
    return (this.#versions.get(name) ?? []).map((stored) => this.#open(stored));
  }

  async put(name: string, value: T, expected?: number): Promise<Revised<T>> {
    const key = subjectToken(name);
    const before = this.#stored.get(key);
    if (expected !== undefined && expected !== (before?.sequence ?? 0)) {
      throw new LongarmError("conflict", `The ${this.#codec.kind} "${key}" was changed meanwhile; read it and try again.`);
    }
    const count = { revision: (before?.revision ?? 0) + 1, sequence: ++this.#sequence };
    const stored = { json: JSON.stringify(this.#codec.encode(value)), ...count, updatedAt: this.#clock.nowMs() };
    this.#stored.set(key, stored);
    this.#versions.set(key, [stored, ...(this.#versions.get(key) ?? [])].slice(0, keptVersions));
    return this.#open(stored);
  }

  async listNow(): Promise<readonly Revised<T>[]> {
    return this.list();
  }

  async remove(name: string, expected?: number): Promise<boolean> {
    const before = this.#stored.get(name);
    if (before && expected !== undefined && expected !== before.sequence)
      throw new LongarmError("conflict", `The ${this.#codec.kind} "${name}" was changed meanwhile; read it and try again.`);
    this.#versions.delete(name);
    return this.#stored.delete(name);
  }

  #open({ json, ...kept }: Stored): Revised<T> {
    return { value: this.#codec.decode(JSON.parse(json)), ...kept };
  }
}
