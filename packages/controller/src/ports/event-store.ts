import { eventLimits, LongarmError, type EventSource, type StoredEvent } from "@longarm/shared";
import { canonicalJson } from "@longarm/shared/seal";

/** What storing an event came to: it is the first of its source and id, or `event` is the one that was. */
export type EventStored =
  | { readonly isNew: true; readonly event: StoredEvent }
  | { readonly isNew: false; readonly event: StoredEvent; readonly differs: boolean };

/** An event that was handed out to be judged. It is handed out again unless it is settled. */
export interface TakenEvent {
  readonly event: StoredEvent;
  /** From 1: which time it is handed out. */
  readonly delivery: number;
  settle(): void;
  /** Hands it out again, before any later one, when that time has passed. */
  release(afterMs: number): void;
}

/** Which events are asked for; an absent member restricts nothing. */
export interface EventQuery {
  readonly source?: EventSource;
  readonly type?: string;
  /** Unix milliseconds of receipt. */
  readonly sinceMs?: number;
  /** Only those before this place in the store. */
  readonly before?: number;
  readonly limit: number;
}

/** Events, newest first; `next`: where the next page begins, absent: there is none. A page may be short, or empty, and have a next one. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly next?: number;
}

/** The events of an installation, each once for its source and id for as long as it is kept, whoever stores it and on which controller. */
export interface EventStore {
  /** Resolves once it is stored and fsynced, or found. Throws `input_too_large`, `storage_full`, `broker_unavailable`. */
  store(event: StoredEvent): Promise<EventStored>;
  get(source: EventSource, id: string): Promise<StoredEvent | undefined>;
  list(query: EventQuery): Promise<EventPage>;
  /**
   * Hands out the events to be judged until the signal is aborted: in the order in which they were stored, and none before the one before it is
   * settled, whichever controller that is on.
   */
  take(signal: AbortSignal): AsyncIterable<TakenEvent>;
  /** How many are not settled yet, on whichever controller they are. */
  countWaiting(): Promise<number>;
}

/** The JSON under which an event is stored. Throws `input_too_large`. */
export function encodeEvent(event: StoredEvent): string {
  const dataBytes = Buffer.byteLength(canonicalJson(event.data));
  if (dataBytes > eventLimits.dataBytes)
    throw new LongarmError(
      "input_too_large",
      `The event's data has ${dataBytes} bytes as JSON, and ${eventLimits.dataBytes} are allowed; post a reference to what is large.`,
      { details: { dataBytes, limitBytes: eventLimits.dataBytes } },
    );
  return canonicalJson(event);
}

/** Does the event say the same as the first one of its id? When and by whom it was brought does not matter. */
export function saysTheSame(a: StoredEvent, b: StoredEvent): boolean {
  const [one, other] = [a, b].map(({ type, subject, data }) => canonicalJson({ type, subject, data }));
  return one === other;
}

/** Does the query ask for this event, wherever it stands? */
export function isAskedFor({ source, type, receivedAtMs }: StoredEvent, query: EventQuery): boolean {
  if (query.source !== undefined && query.source !== source) return false;
  return (query.type === undefined || query.type === type) && receivedAtMs >= (query.sinceMs ?? Number.NEGATIVE_INFINITY);
}
