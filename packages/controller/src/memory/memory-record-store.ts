import { control, LongarmError, type Clock, type RecordKindName } from "@longarm/shared";
import type { KeptRecord, RecordChange, RecordEvent, RecordKey, RecordStore } from "../ports/record-store.ts";

const mostObjectBytes = 512 * 1024;

/** The twin of `JetStreamRecordStore` for tests: nothing is sealed, everything else behaves alike. */
export class MemoryRecordStore implements RecordStore {
  readonly #clock: Clock;
  /** Of each key the last state, in the order in which they were stored. */
  readonly #events = new Map<string, RecordEvent>();
  readonly #waiting = new Set<() => void>();
  readonly #name = crypto.randomUUID();
  #sequence = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async change(key: RecordKey, change: RecordChange): Promise<KeptRecord | undefined> {
    const place = placeOf(key);
    const state = change(copy(this.#events.get(place)?.record));
    if (!state) return undefined;
    const { kind, connection, id } = key;
    const { object, changedAt, firstSeenAt, syncedAt, deletedAt, source } = state;
    const record = copy({ kind, connection, id, object, changedAt, firstSeenAt, syncedAt, deletedAt, source });
    if (JSON.stringify(record).length > mostObjectBytes)
      throw new LongarmError("input_too_large", `The object ${id} of ${kind} is too large for a record.`);
    this.#events.delete(place);
    this.#events.set(place, { sequence: ++this.#sequence, timeMs: this.#clock.nowMs(), record });
    for (const wake of this.#waiting) wake();
    return copy(record);
  }

  async read(key: RecordKey): Promise<KeptRecord | undefined> {
    return copy(this.#events.get(placeOf(key))?.record);
  }

  async *scan(kind: RecordKindName, connection: string): AsyncGenerator<KeptRecord> {
    for (const { record } of [...this.#events.values()]) if (record.kind === kind && record.connection === connection) yield copy(record);
  }

  async *follow(kind: RecordKindName, after: number, signal: AbortSignal): AsyncGenerator<readonly RecordEvent[]> {
    for (let next = after; !signal.aborted;) {
      const found = [...this.#events.values()].filter(({ sequence, record }) => sequence > next && record.kind === kind);
      next = found.at(-1)?.sequence ?? next;
      if (found.length > 0) yield found.map(copy);
      else await this.#more(signal);
    }
  }

  async identity(_kind: RecordKindName): Promise<{ readonly name: string; readonly lastSequence: number }> {
    return { name: this.#name, lastSequence: this.#sequence };
  }

  #more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}

function placeOf({ kind, connection, id }: RecordKey): string {
  return `${kind} ${control.recordKey(connection, id)}`;
}

function copy<T>(value: T): T {
  return structuredClone(value);
}
