import { control, LongarmError, lanes, streams, type Lane } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { decodeSubmission } from "@longarm/shared/wire";
import { AckPolicy, DeliverPolicy, type Consumer, type JetStreamClient, type JetStreamManager, type JsMsg } from "@nats-io/jetstream";
import { nanos } from "@nats-io/transport-node";
import type { QueuedRun, RunQueue } from "../../ports/run-queue.ts";
import { Acks } from "./acks.ts";
import { foundIn, type SealedMessages } from "./sealed-message.ts";

interface Deps {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly messages: SealedMessages;
  readonly logger: Logger;
}

const ackWaitMs = 5_000;
const pullMs = 5_000;
// Time enough for whatever kept it from being claimed to pass.
const offerAgainMs = 1_000;
const maxAckPending = 10_000;

/** The lanes as durable pull consumers on RUNS, shared by all controllers. */
export class JetStreamRunQueue implements RunQueue {
  readonly #deps: Deps;
  readonly #acks = new Acks();
  readonly #consumers = new Map<Lane, Consumer>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Creates the lanes' consumers where they are not there yet. */
  async open(): Promise<void> {
    for (const lane of lanes) {
      const name = `lane-${lane}`;
      await this.#deps.jsm.consumers.add(streams.runs, {
        durable_name: name,
        filter_subject: control.submitLane(lane),
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(ackWaitMs),
        max_ack_pending: maxAckPending,
        deliver_policy: DeliverPolicy.All,
      });
      this.#consumers.set(lane, await this.#deps.js.consumers.get(streams.runs, name));
    }
  }

  async *take(lane: Lane, count: number, signal: AbortSignal): AsyncGenerator<QueuedRun> {
    const consumer = this.#consumers.get(lane);
    if (!consumer || signal.aborted) return;
    const messages = await consumer.fetch({ max_messages: count, expires: pullMs });
    const stop = (): void => void messages.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      for await (const message of messages) {
        const queued = this.#open(message);
        if (queued) yield queued;
      }
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #open(message: JsMsg): QueuedRun | undefined {
    const { messages, logger } = this.#deps;
    try {
      const { payload, hash } = messages.open(foundIn(message));
      const position = { sequence: 0, hash, epoch: 0 };
      return {
        submission: decodeSubmission(payload),
        position,
        settle: () => this.#acks.ack(message),
        release: () => message.nak(offerAgainMs),
      };
    } catch (reason) {
      logger.error(
        { subject: message.subject, reason: LongarmError.from(reason).message },
        "A submission was set aside: it does not open.",
      );
      message.term("does not open under the installation's keys");
      return undefined;
    }
  }
}
