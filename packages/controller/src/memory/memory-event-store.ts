import type { EventSource, StoredEvent } from "@longarm/shared";
import type { EventFeed, FedEvent } from "../ports/event-feed.ts";
import { Changes } from "./changes.ts";
import {
  encodeEvent,
  isAskedFor,
  saysTheSame,
  type EventPage,
  type EventQuery,
  type EventStore,
  type EventStored,
  type TakenEvent,
} from "../ports/event-store.ts";

interface Stored {
  readonly event: StoredEvent;
  deliveries: number;
  isSettled: boolean;
}

/** The twin of `JetStreamEventStore` for tests. */
export class MemoryEventStore implements EventStore, EventFeed {
  readonly #stored = new Map<string, Stored>();
  readonly #changes = new Changes();
  #isOneOut = false;

  async store(event: StoredEvent): Promise<EventStored> {
    const decoded = JSON.parse(encodeEvent(event)) as StoredEvent;
    const key = `${event.source} ${event.id}`;
    const before = this.#stored.get(key);
    if (before) return { isNew: false, event: before.event, differs: !saysTheSame(before.event, event) };
    this.#stored.set(key, { event: decoded, deliveries: 0, isSettled: false });
    this.#changes.tell();
    return { isNew: true, event };
  }

  async get(source: EventSource, id: string): Promise<StoredEvent | undefined> {
    return this.#stored.get(`${source} ${id}`)?.event;
  }

  async list(query: EventQuery): Promise<EventPage> {
    const all = [...this.#stored.values()].map(({ event }, at) => ({ event, place: at + 1 }));
    const found = all.filter(({ event, place }) => place < (query.before ?? Infinity) && isAskedFor(event, query)).toReversed();
    const more = found[query.limit];
    return { events: found.slice(0, query.limit).map(({ event }) => event), ...(more && { next: more.place + 1 }) };
  }

  async position(): Promise<number> {
    return this.#stored.size;
  }

  async *read(after: number): AsyncGenerator<readonly FedEvent[]> {
    for (let next = after; next < this.#stored.size; next += 1) yield this.#from(next).slice(0, 1);
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<readonly FedEvent[]> {
    for (let next = after; !signal.aborted;) {
      const events = this.#from(next);
      next += events.length;
      if (events.length > 0) yield events;
      else await this.#changes.next(signal);
    }
  }

  #from(after: number): readonly FedEvent[] {
    return [...this.#stored.values()].slice(after).map(({ event }, at) => ({ sequence: after + at + 1, event }));
  }

  async *take(signal: AbortSignal): AsyncGenerator<TakenEvent> {
    while (!signal.aborted) {
      const next = this.#isOneOut ? undefined : [...this.#stored.values()].find(({ isSettled }) => !isSettled);
      if (next) yield this.#handOut(next);
      else await this.#changes.next(signal);
    }
  }

  async countWaiting(): Promise<number> {
    return [...this.#stored.values()].filter(({ isSettled }) => !isSettled).length;
  }

  #handOut(stored: Stored): TakenEvent {
    this.#isOneOut = true;
    stored.deliveries += 1;
    const back = (): void => {
      this.#isOneOut = false;
      this.#changes.tell();
    };
    return {
      event: stored.event,
      delivery: stored.deliveries,
      settle: () => {
        stored.isSettled = true;
        back();
      },
      release: (afterMs) => void setTimeout(back, afterMs).unref(),
    };
  }
}
