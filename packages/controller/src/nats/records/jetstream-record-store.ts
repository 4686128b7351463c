import { control, LongarmError, type RecordKindName, recordBuckets, recordKinds, type Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { KeyRing } from "@longarm/shared/seal";
import { DeliverPolicy, type JetStreamClient, type JetStreamManager, type JsMsg } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { KeptRecord, RecordChange, RecordEvent, RecordKey, RecordStore } from "../../ports/record-store.ts";
import { kvFault } from "../kv/kv-fault.ts";
import { GroupCommit } from "../runs/group-commit.ts";
import { pacedBatches } from "../runs/paced-batches.ts";
import type { Published } from "../runs/publish.ts";
import { steadyPull } from "../runs/steady-pull.ts";
import { openState, sealState } from "./sealed-record.ts";

interface Deps {
  /** Account CONTROL; the buckets exist (`createStreams`). */
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly logger: Logger;
}

// Whoever meets a conflict that often meets something else than others who write.
const mostTries = 50;
// Larger batches would keep the loop from other work; smaller ones cost a commit of the view each.
const followPace = { most: 250, much: 20, paceMs: 50 } as const;

/** Records in a bucket for each kind, sealed. Nothing of them is kept in memory. */
export class JetStreamRecordStore implements RecordStore {
  readonly #deps: Deps;
  // What is committed together stands in one bucket.
  readonly #commits: ReadonlyMap<RecordKindName, GroupCommit>;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#commits = new Map(recordKinds.map((kind) => [kind, new GroupCommit({ connection: deps.connection })]));
  }

  async change(key: RecordKey, change: RecordChange): Promise<KeptRecord | undefined> {
    const { kind, connection, id } = key;
    for (let tries = 1; ; tries += 1) {
      const found = await this.#find(key);
      const state = change(found?.record);
      if (!state) return undefined;
      const payload = sealState(this.#deps.ring, key, state);
      const published = await this.#publish(key, payload, found?.sequence ?? 0);
      if (published.kind === "stored") return { kind, connection, id, ...state };
      // Without an answer it may be stored: then there is nothing left to be changed, or only what somebody else has made of it.
      if (tries === mostTries) throw unanswered(recordBuckets[kind], published.kind === "uncertain" ? published.reason : undefined);
    }
  }

  async read(key: RecordKey): Promise<KeptRecord | undefined> {
    return (await this.#find(key))?.record;
  }

  async *scan(kind: RecordKindName, connection: string): AsyncGenerator<KeptRecord> {
    const bucket = recordBuckets[kind];
    const consumer = await this.#asking(bucket, () =>
      this.#deps.js.consumers.get(`KV_${bucket}`, {
        filter_subjects: [control.recordsOf(bucket, connection)],
        deliver_policy: DeliverPolicy.LastPerSubject,
      }),
    );
    if ((await this.#asking(bucket, () => consumer.info())).num_pending === 0) return;
    const messages = await this.#asking(bucket, () => consumer.consume({ max_messages: followPace.most, ...steadyPull }));
    try {
      for await (const message of messages) {
        const event = this.#eventOf(kind, message);
        if (event) yield event.record;
        if (message.info.pending === 0) return;
      }
    } finally {
      await messages.close();
    }
  }

  async *follow(kind: RecordKindName, after: number, signal: AbortSignal): AsyncGenerator<readonly RecordEvent[]> {
    const { js, clock } = this.#deps;
    const bucket = recordBuckets[kind];
    const consumer = await js.consumers.get(`KV_${bucket}`, {
      filter_subjects: [control.allKeys(bucket)],
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: after + 1,
    });
    const messages = await consumer.consume({ max_messages: followPace.most, ...steadyPull });
    const stop = (): void => void messages.close();
    signal.addEventListener("abort", stop, { once: true });
    try {
      yield* pacedBatches(messages, (message) => this.#eventOf(kind, message), { clock, signal, ...followPace });
    } finally {
      signal.removeEventListener("abort", stop);
      await messages.close();
    }
  }

  identity(kind: RecordKindName): Promise<{ readonly name: string; readonly lastSequence: number }> {
    const bucket = recordBuckets[kind];
    return this.#asking(bucket, async () => {
      const { created, state } = await this.#deps.jsm.streams.info(`KV_${bucket}`);
      return { name: created, lastSequence: state.last_seq };
    });
  }

  async #publish(key: RecordKey, payload: Uint8Array, expected: number): Promise<Published> {
    const message = { subject: subjectOf(key), payload, headers: {}, expect: { sequence: expected } };
    return (await this.#commits.get(key.kind)?.publish(message)) ?? { kind: "conflict" };
  }

  async #find(key: RecordKey): Promise<{ readonly sequence: number; readonly record: KeptRecord } | undefined> {
    const { jsm, ring } = this.#deps;
    const bucket = recordBuckets[key.kind];
    const message = await this.#asking(bucket, () => jsm.streams.getMessage(`KV_${bucket}`, { last_by_subj: subjectOf(key) }));
    return message ? { sequence: message.seq, record: openState(ring, key, message.data) } : undefined;
  }

  #eventOf(kind: RecordKindName, message: JsMsg): RecordEvent | undefined {
    const key = keyOf(kind, message.subject);
    if (!key) return undefined;
    try {
      const record = openState(this.#deps.ring, key, message.data);
      return { sequence: message.seq, timeMs: message.time.getTime(), record };
    } catch (reason) {
      this.#deps.logger.error(
        { subject: message.subject, sequence: message.seq, reason: LongarmError.from(reason).message },
        "A stored record was left out: it does not open.",
      );
      return undefined;
    }
  }

  async #asking<T>(bucket: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (reason) {
      throw kvFault(reason, bucket);
    }
  }
}

function subjectOf({ kind, connection, id }: RecordKey): string {
  return `${control.keyPrefix(recordBuckets[kind])}${control.recordKey(connection, id)}`;
}

function keyOf(kind: RecordKindName, subject: string): RecordKey | undefined {
  const [connection, id] = subject.slice(control.keyPrefix(recordBuckets[kind]).length).split(".");
  return connection !== undefined && id !== undefined ? { kind, connection, id } : undefined;
}

function unanswered(bucket: string, reason: unknown): LongarmError {
  const sentence = `A record in ${bucket} could not be stored; try again.`;
  return new LongarmError("broker_unavailable", sentence, { retryable: true, ...(reason !== undefined && { cause: reason }) });
}
