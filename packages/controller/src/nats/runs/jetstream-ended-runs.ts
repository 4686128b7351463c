import { randomBytes } from "node:crypto";
import { control, LongarmError, streams, type Clock, type EndedRun, type RunId } from "@longarm/shared";
import { decodeEndedRun, encodeEndedRun } from "@longarm/shared/wire";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { EndedRuns } from "../../ports/ended-runs.ts";
import { askingBroker } from "./outage.ts";
import { publish, type Message } from "./publish.ts";
import { lastOf } from "./read-subject.ts";
import { endedKind, type Envelope, type SealedMessages } from "./sealed-message.ts";

interface Deps {
  readonly connection: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly messages: SealedMessages;
  readonly clock: Clock;
}

/** The last message on a run's subjects of submission: the submission, or what is kept of it. */
interface LastSubmission {
  readonly sequence: number;
  readonly envelope: Envelope;
  readonly payload: Uint8Array;
  readonly hash: Uint8Array;
  /** How long the broker keeps it, as its header says; "" for a submission. */
  readonly lifetime: string;
}

interface Put {
  readonly subject: string;
  /** Hash of the submission that it stands for. */
  readonly previous: Uint8Array;
  readonly payload: Uint8Array;
  readonly lifetime: string;
  readonly expect?: NonNullable<Message["expect"]>;
}

const lifetimeHeader = "Nats-TTL";

/*
 * What is left of a removed run are two messages on RUNS, which the broker itself drops after their lifetime:
 *
 *   runs.submit.ended.<run>   the tombstone. A submission expects nothing on runs.submit.*.<run>, so it is refused
 *   runs.log.<run>            the fence, empty. A claim expects nothing on this subject, so a late one is refused
 *
 * The tombstone is stored first, then the fence, and only then all that came before them is purged: at no moment does either
 * expectation hold again (ADR 18).
 */
export class JetStreamEndedRuns implements EndedRuns {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  keep(ended: EndedRun, keepMs: number): Promise<boolean> {
    return askingBroker(async () => {
      const { runId } = ended;
      const submitted = await this.#last(runId);
      if (!submitted || submitted.envelope.kind === endedKind) return false;
      const { appendId, published } = await this.#put({
        subject: control.submitEnded(runId),
        previous: submitted.hash,
        payload: encodeEndedRun(ended),
        lifetime: `${Math.max(1, Math.ceil(keepMs / 1_000))}s`,
        expect: { sequence: submitted.sequence, over: control.submitOf(runId) },
      });
      if (published.kind === "stored") return true;
      const found = await this.#last(runId);
      if (found?.sequence === submitted.sequence) throw unanswered(runId);
      return found?.envelope.appendId === appendId;
    });
  }

  get(run: RunId): Promise<EndedRun | undefined> {
    return askingBroker(async () => {
      const last = await this.#last(run);
      return last?.envelope.kind === endedKind ? decodeEndedRun(last.payload) : undefined;
    });
  }

  purge(run: RunId): Promise<void> {
    return askingBroker(async () => {
      const tombstone = await this.#last(run);
      if (tombstone?.envelope.kind !== endedKind || !(await this.#isSubmissionThere(run))) return;
      const { jsm } = this.#deps;
      const fenceSequence = await this.#fence(run, tombstone);
      await jsm.streams.purge(streams.items, { filter: control.items(run) });
      await jsm.streams.purge(streams.blobs, { filter: control.blobsOf(run) });
      await jsm.streams.purge(streams.runs, { filter: control.log(run), seq: fenceSequence });
      // The submission goes last: its absence tells others that nothing is left.
      await jsm.streams.purge(streams.runs, { filter: control.submitOf(run), seq: tombstone.sequence });
    });
  }

  async #last(run: RunId): Promise<LastSubmission | undefined> {
    const message = await lastOf(this.#deps.jsm, streams.runs, control.submitOf(run));
    return message && { ...this.#deps.messages.open(message), sequence: message.seq, lifetime: message.header.get(lifetimeHeader) };
  }

  async #isSubmissionThere(run: RunId): Promise<boolean> {
    const { state } = await this.#deps.jsm.streams.info(streams.runs, { subjects_filter: control.submitOf(run) });
    return Object.keys(state.subjects ?? {}).some((subject) => subject !== control.submitEnded(run));
  }

  /** Resolves with the fence's sequence, whoever has put it there. */
  async #fence(run: RunId, tombstone: LastSubmission): Promise<number> {
    const { previous } = tombstone.envelope;
    const message = await lastOf(this.#deps.jsm, streams.runs, control.log(run));
    if (message) {
      const { envelope } = this.#deps.messages.open(message);
      if (envelope.kind === endedKind && Buffer.compare(envelope.previous, previous) === 0) return message.seq;
    }
    const { published } = await this.#put({
      subject: control.log(run),
      previous,
      payload: new Uint8Array(),
      lifetime: tombstone.lifetime,
    });
    if (published.kind === "stored") return published.sequence;
    throw unanswered(run);
  }

  async #put({ subject, previous, payload, lifetime, expect }: Put) {
    const appendId = randomBytes(12).toString("base64url");
    const envelope = { epoch: 0, appendId, kind: endedKind, timeMs: this.#deps.clock.nowMs(), previous };
    const sealed = this.#deps.messages.seal(subject, { envelope, payload });
    const message = { subject, ...sealed, headers: { ...sealed.headers, [lifetimeHeader]: lifetime }, ...(expect && { expect }) };
    return { appendId, published: await publish(this.#deps.connection, message) };
  }
}

function unanswered(run: RunId): LongarmError {
  return new LongarmError("broker_unavailable", `The broker did not say whether it stored that ${run} is removed; remove it again.`, {
    retryable: true,
  });
}
