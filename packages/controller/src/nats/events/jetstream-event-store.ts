import { control, LongarmError, streams, type Clock, type EventSource, type StoredEvent } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { KeyRing } from "@longarm/shared/seal";
import { AckPolicy, DeliverPolicy, type JetStreamClient, type JetStreamManager, type JsMsg, type StoredMsg } from "@nats-io/jetstream";
import { nanos, type NatsConnection } from "@nats-io/transport-node";
import {
  isAskedFor,
  saysTheSame,
  type EventPage,
  type EventQuery,
  type EventStore,
  type EventStored,
  type TakenEvent,
} from "../../ports/event-store.ts";
import { askingBroker } from "../runs/outage.ts";
import { publish } from "../runs/publish.ts";
import { lastOf } from "../runs/read-subject.ts";
import { hashOfEvent, isNothingFound, openEvent, sealEvent, type FoundEvent } from "./event-messages.ts";

interface Deps {
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long whoever was handed an event may be silent before it is handed out again; default 5,000. */
  readonly ackWaitMs?: number;
}

const consumerName = "triggers";
const pullMs = 5_000;
// An event may have 256 KiB; a page of a list is put together from as much as this at most.
const window = { first: 100, most: 1_000 };
const batch = { messages: 100, bytes: 8 * 1_048_576 };
const mostLookedAt = 5_000;

/**
 * Events on the stream EVENTS, one subject each, stored where nothing stands. One durable consumer for all controllers, which has one message under
 * way at a time: so the order holds over whoever dies.
 */
export class JetStreamEventStore implements EventStore {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Creates the consumer where it is not there yet. */
  async open(): Promise<void> {
    await this.#deps.jsm.consumers.add(streams.events, {
      durable_name: consumerName,
      filter_subject: control.allEvents(),
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(this.#ackWaitMs),
      max_ack_pending: 1,
      deliver_policy: DeliverPolicy.All,
    });
  }

  store(event: StoredEvent): Promise<EventStored> {
    return askingBroker(async () => {
      const { appendId, ...message } = sealEvent(this.#deps.ring, event);
      const published = await publish(this.#deps.connection, { ...message, expect: { sequence: 0 } }).catch(unlessFull);
      if (published.kind === "stored") return { isNew: true, event } as const;
      const found = await lastOf(this.#deps.jsm, streams.events, message.subject);
      const first = found && openEvent(this.#deps.ring, found);
      if (first) return first.appendId === appendId ? { isNew: true, event } : known(first.event, event);
      if (published.kind === "full") throw published.reason;
      const cause = published.kind === "uncertain" ? { cause: published.reason } : {};
      const sentence = "The broker did not say whether it stored the event; post it again under the same id.";
      throw new LongarmError("broker_unavailable", sentence, { retryable: true, ...cause });
    });
  }

  get(source: EventSource, id: string): Promise<StoredEvent | undefined> {
    const { jsm, ring } = this.#deps;
    return askingBroker(async () => {
      const message = await lastOf(jsm, streams.events, control.event(hashOfEvent(ring, source, id)));
      return message && openEvent(ring, message).event;
    });
  }

  list(query: EventQuery): Promise<EventPage> {
    return askingBroker(async () => {
      const { state } = await this.#deps.jsm.streams.info(streams.events);
      const events: StoredEvent[] = [];
      let end = Math.min(query.before ?? Infinity, state.last_seq + 1);
      // A stream that nothing was ever in begins at 0, where no message can be.
      const first = Math.max(1, state.first_seq);
      const least = Math.max(first, end - mostLookedAt);
      for (let size = window.first; end > least; size = Math.min(size * 2, window.most)) {
        const from = Math.max(least, end - size);
        for (const { event, sequence } of (await this.#between(from, end)).toReversed()) {
          if (event.receivedAtMs < (query.sinceMs ?? Number.NEGATIVE_INFINITY)) return { events };
          if (!isAskedFor(event, query)) continue;
          if (events.length === query.limit) return { events, next: sequence + 1 };
          events.push(event);
        }
        end = from;
      }
      return { events, ...(end > first && { next: end }) };
    });
  }

  async *take(signal: AbortSignal): AsyncGenerator<TakenEvent> {
    const consumer = await this.#deps.js.consumers.get(streams.events, consumerName);
    while (!signal.aborted) {
      const messages = await consumer.fetch({ max_messages: batch.messages, expires: pullMs });
      const stop = (): void => void messages.close();
      signal.addEventListener("abort", stop, { once: true });
      try {
        for await (const message of messages) {
          const opened = this.#openOrSetAside(message);
          if (opened) yield this.#taken(message, opened);
        }
      } finally {
        signal.removeEventListener("abort", stop);
        await messages.close();
      }
    }
  }

  countWaiting(): Promise<number> {
    return askingBroker(async () => {
      const { num_pending, num_ack_pending } = await this.#deps.jsm.consumers.info(streams.events, consumerName);
      return num_pending + num_ack_pending;
    });
  }

  get #ackWaitMs(): number {
    return this.#deps.ackWaitMs ?? 5_000;
  }

  #taken(message: JsMsg, event: StoredEvent): TakenEvent {
    const done = new AbortController();
    void this.#keep(message, done.signal);
    const end = (by: () => void): void => {
      done.abort(settled);
      // A connection that is closed for good: it is handed out again, as one is whose acknowledgement was lost on its way.
      if (!this.#deps.connection.isClosed()) by();
    };
    return {
      event,
      delivery: message.info.deliveryCount,
      settle: () => end(() => message.ack()),
      release: (afterMs) => end(() => message.nak(afterMs)),
    };
  }

  /** Says that it is under way, so that nobody else is handed it meanwhile. */
  async #keep(message: JsMsg, done: AbortSignal): Promise<void> {
    const { clock, connection } = this.#deps;
    for (;;) {
      const isDone = await clock.sleep(this.#ackWaitMs / 3, done).then(
        () => false,
        () => true,
      );
      if (isDone || connection.isClosed()) return;
      message.working();
    }
  }

  #openOrSetAside(message: JsMsg): StoredEvent | undefined {
    const { subject, data, headers } = message;
    const opened = this.#openOrTell({ subject, data, header: headers });
    if (!opened) message.term("does not open under the installation's keys");
    return opened;
  }

  #openOrTell(found: FoundEvent): StoredEvent | undefined {
    try {
      return openEvent(this.#deps.ring, found).event;
    } catch (reason) {
      const { message } = LongarmError.from(reason);
      this.#deps.logger.error({ subject: found.subject, reason: message }, "An event was set aside: it does not open.");
      return undefined;
    }
  }

  async #between(from: number, end: number): Promise<readonly { readonly event: StoredEvent; readonly sequence: number }[]> {
    const found: { event: StoredEvent; sequence: number }[] = [];
    for (let next = from; next < end;) {
      const messages = await this.#batchFrom(next);
      for (const message of messages) {
        const event = message.seq < end ? this.#openOrTell(message) : undefined;
        if (event) found.push({ event, sequence: message.seq });
      }
      const last = messages.at(-1);
      if (!last) break;
      next = last.seq + 1;
    }
    return found;
  }

  async #batchFrom(seq: number): Promise<readonly StoredMsg[]> {
    const query = { seq, next_by_subj: control.allEvents(), batch: batch.messages, max_bytes: batch.bytes };
    const found: StoredMsg[] = [];
    try {
      for await (const message of await this.#deps.jsm.direct.getBatch(streams.events, query)) found.push(message);
    } catch (reason) {
      // What became of events may stand behind the last of them, and that nothing is found is told as a fault.
      if (!isNothingFound(reason)) throw reason;
    }
    return found;
  }
}

// Without a reason of one's own each abort makes an error with a stack trace.
const settled = new Error("The event is settled.");

function known(first: StoredEvent, event: StoredEvent): EventStored {
  return { isNew: false, event: first, differs: !saysTheSame(first, event) };
}

/** The store may be full for what it holds already, too. */
function unlessFull(reason: unknown): { readonly kind: "full"; readonly reason: LongarmError } {
  const error = LongarmError.from(reason);
  if (error.code !== "storage_full") throw error;
  return { kind: "full", reason: error };
}
