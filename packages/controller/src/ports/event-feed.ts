import type { StoredEvent } from "@longarm/shared";

/** An event and its place in the store. */
export interface FedEvent {
  readonly sequence: number;
  readonly event: StoredEvent;
}

/** Reads the events in the order in which they were stored, beside whoever judges them. What does not open is left out. */
export interface EventFeed {
  /** The last place that was given out: whatever is stored from now on stands behind it. Throws `broker_unavailable`. */
  position(): Promise<number>;
  /** All behind a place, to the end as it is when the last batch is read. Throws `broker_unavailable`. */
  read(after: number): AsyncIterable<readonly FedEvent[]>;
  /** All behind a place, and whatever comes, until the signal is aborted. */
  follow(after: number, signal: AbortSignal): AsyncIterable<readonly FedEvent[]>;
}
