import type { LogEvent } from "./log-event.ts";

/** An event and its place in the order in which events were written. Places count from 1, without gaps. */
export interface WrittenEvent {
  readonly place: number;
  readonly event: LogEvent;
}

type Listener = (events: readonly LogEvent[]) => void;

/** The org's system log. Beyond so many events the oldest are forgotten, so that a sandbox that runs for weeks stays small. */
export class SystemLog {
  readonly #keeps: number;
  readonly #listeners: Listener[] = [];
  #events: LogEvent[] = [];
  #forgotten = 0;

  constructor(keeps = 100_000) {
    this.#keeps = keeps;
  }

  /** The place of the last event; 0 when there was none. */
  get end(): number {
    return this.#forgotten + this.#events.length;
  }

  /** Adds what happened together. */
  append(events: readonly LogEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) this.#events.push(event);
    // Half at a time: to drop one from the front for each new one would copy the whole list each time.
    if (this.#events.length > 1.5 * this.#keeps) {
      const surplus = this.#events.length - this.#keeps;
      this.#events = this.#events.slice(surplus);
      this.#forgotten += surplus;
    }
    for (const listener of this.#listeners) listener(events);
  }

  /** Tells of all events from now on, of those together that happened together. */
  onEvents(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** The events behind this place, in the order in which they were written. */
  *after(place: number): Generator<WrittenEvent> {
    for (let at = Math.max(0, place - this.#forgotten); at < this.#events.length; at += 1)
      yield { place: this.#forgotten + at + 1, event: this.#events[at] as LogEvent };
  }
}
