import { control, LongarmError, streams, type EventName, type EventOutcome, type EventSource, type StoredEvent } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { EventOutcomes } from "../../ports/trigger-store.ts";
import { askingBroker } from "../runs/outage.ts";
import { publish } from "../runs/publish.ts";
import { hashOfEvent, isNothingFound } from "./event-messages.ts";

interface Deps {
  readonly connection: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly logger: Logger;
}

const bytes = new TextEncoder();
const text = new TextDecoder();
// The broker answers for as many subjects at once.
const mostSubjects = 50;

/** Outcomes on the stream EVENTS, beside the events: one subject for each event and trigger, whose last message counts. They go as events do. */
export class JetStreamEventOutcomes implements EventOutcomes {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  note({ source, id }: EventName, outcome: EventOutcome): Promise<void> {
    const { connection, ring } = this.#deps;
    return askingBroker(async () => {
      const subject = control.eventSettled(hashOfEvent(ring, source, id), outcome.trigger);
      const payload = sealRecord(ring, bytes.encode(JSON.stringify(outcome)), [streams.events, subject]);
      const published = await publish(connection, { subject, payload, headers: {} });
      if (published.kind === "stored") return;
      throw new LongarmError("broker_unavailable", "The broker did not say whether it stored what became of an event.", {
        retryable: true,
      });
    });
  }

  async of(source: EventSource, id: string): Promise<readonly EventOutcome[]> {
    return (await this.#ofHashes([hashOfEvent(this.#deps.ring, source, id)])).flat();
  }

  async ofAll(events: readonly StoredEvent[]): Promise<readonly (readonly EventOutcome[])[]> {
    const hashes = events.map(({ source, id }) => hashOfEvent(this.#deps.ring, source, id));
    const found: (readonly EventOutcome[])[] = [];
    for (let at = 0; at < hashes.length; at += mostSubjects) found.push(...(await this.#ofHashes(hashes.slice(at, at + mostSubjects))));
    return found;
  }

  #ofHashes(hashes: readonly string[]): Promise<readonly (readonly EventOutcome[])[]> {
    return askingBroker(async () => {
      const byHash = new Map<string, EventOutcome[]>(hashes.map((hash) => [hash, []]));
      const multi_last = hashes.map((hash) => control.eventSettledBy(hash));
      const messages = await this.#deps.jsm.direct.getLastMessagesFor(streams.events, { multi_last });
      try {
        for await (const message of messages) {
          const outcome = this.#open(message);
          if (outcome) byHash.get(message.subject.split(".")[2] ?? "")?.push(outcome);
        }
      } catch (reason) {
        // That there is none is told as a fault.
        if (!isNothingFound(reason)) throw reason;
      }
      return hashes.map((hash) => byHash.get(hash) ?? []);
    });
  }

  #open({ subject, data }: StoredMsg): EventOutcome | undefined {
    try {
      return JSON.parse(text.decode(openRecord(this.#deps.ring, data, [streams.events, subject]))) as EventOutcome;
    } catch (reason) {
      this.#deps.logger.error(
        { subject, reason: LongarmError.from(reason).message },
        "What became of an event was left out: it does not open.",
      );
      return undefined;
    }
  }
}
