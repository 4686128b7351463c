import type { EventName, EventOutcome, EventSource, StoredEvent } from "@longarm/shared";
import type { EventOutcomes } from "../ports/trigger-store.ts";

/** The twin of `JetStreamEventOutcomes` for tests. */
export class MemoryEventOutcomes implements EventOutcomes {
  readonly #noted = new Map<string, Map<string, EventOutcome>>();

  async note({ source, id }: EventName, outcome: EventOutcome): Promise<void> {
    const key = `${source} ${id}`;
    this.#noted.set(key, (this.#noted.get(key) ?? new Map<string, EventOutcome>()).set(outcome.trigger, outcome));
  }

  async of(source: EventSource, id: string): Promise<readonly EventOutcome[]> {
    return [...(this.#noted.get(`${source} ${id}`)?.values() ?? [])];
  }

  async ofAll(events: readonly StoredEvent[]): Promise<readonly (readonly EventOutcome[])[]> {
    return Promise.all(events.map(({ source, id }) => this.of(source, id)));
  }
}
