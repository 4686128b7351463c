import { control, LongarmError, streams } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { KeyRing } from "@longarm/shared/seal";
import { DeliverPolicy, type JetStreamClient, type JetStreamManager, type StoredMsg } from "@nats-io/jetstream";
import type { EventFeed, FedEvent } from "../../ports/event-feed.ts";
import { askingBroker } from "../runs/outage.ts";
import { steadyPull } from "../runs/steady-pull.ts";
import { type FoundEvent, openEvent } from "./event-messages.ts";

interface Deps {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly logger: Logger;
}

const batch = { messages: 100, bytes: 8 * 1_048_576 };

/** The stream EVENTS as it stands and grows. */
export class JetStreamEventFeed implements EventFeed {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  position(): Promise<number> {
    return askingBroker(async () => (await this.#deps.jsm.streams.info(streams.events)).state.last_seq);
  }

  async *read(after: number): AsyncGenerator<readonly FedEvent[]> {
    for (let next = after + 1; ;) {
      const messages = await askingBroker(() => this.#batchFrom(next));
      const last = messages.at(-1);
      if (!last) return;
      next = last.seq + 1;
      yield messages.flatMap((message) => this.#open(message, message.seq));
    }
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<readonly FedEvent[]> {
    const consumer = await this.#deps.js.consumers.get(streams.events, {
      filter_subjects: [control.allEvents()],
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
    });
    const messages = await consumer.consume({ max_messages: batch.messages, ...steadyPull });
    const stop = (): void => void messages.close();
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    try {
      for await (const { subject, data, headers, seq } of messages) yield this.#open({ subject, data, header: headers }, seq);
    } finally {
      signal.removeEventListener("abort", stop);
      await messages.close();
    }
  }

  /** That there is something more, or nothing, is the leader's to say; any replica tells of many at once. */
  async #batchFrom(seq: number): Promise<readonly StoredMsg[]> {
    const { jsm } = this.#deps;
    const query = { seq, next_by_subj: control.allEvents() };
    const next = await jsm.streams.getMessage(streams.events, query);
    if (!next) return [];
    const found: StoredMsg[] = [];
    try {
      const many = { ...query, batch: batch.messages, max_bytes: batch.bytes };
      for await (const message of await jsm.direct.getBatch(streams.events, many)) found.push(message);
    } catch (reason) {
      if (!isBehind(reason)) throw reason;
    }
    return found.length > 0 ? found : [next];
  }

  #open(found: FoundEvent, sequence: number): readonly FedEvent[] {
    try {
      return [{ sequence, event: openEvent(this.#deps.ring, found).event }];
    } catch (reason) {
      const { message } = LongarmError.from(reason);
      this.#deps.logger.error({ subject: found.subject, reason: message }, "An event was passed over: it does not open.");
      return [];
    }
  }
}

/** A replica that has nothing yet of what its leader has. */
function isBehind(reason: unknown): boolean {
  return reason instanceof Error && "code" in reason && reason.code === 404;
}
