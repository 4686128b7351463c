import { buckets, control } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { type KeyRing, openRecord, ringKeyIdOf, sealRecord } from "@longarm/shared/seal";
import type { JetStreamClient, JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import { isRevisionConflict, kvFault } from "./kv-fault.ts";

/** A value of a bucket as it is stored. */
interface SealedValue {
  readonly bucket: string;
  readonly key: string;
  readonly keyId: number;
  readonly message: StoredMsg;
}

interface Deps {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly logger: Logger;
}

/** Everything that stands sealed in the buckets, whatever it is: all of it is bound to `KV`, its bucket and its key alike. */
export class SealedValues {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** How many values are sealed under which key. */
  async count(): Promise<ReadonlyMap<number, number>> {
    const counts = new Map<number, number>();
    for await (const { keyId } of this.#all()) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
    return counts;
  }

  /** Seals anew what is under another key than the active one. What somebody changes meanwhile is left to them, or to the next time. */
  async reseal(): Promise<number> {
    let resealed = 0;
    for await (const value of this.#all()) {
      if (value.keyId !== this.#deps.ring.active.id && (await this.#resealOne(value))) resealed += 1;
    }
    return resealed;
  }

  async #resealOne({ bucket, key, message }: SealedValue): Promise<boolean> {
    // It is about to be forgotten by the broker itself.
    if (message.header.has("Nats-TTL")) return false;
    const { js, ring, logger } = this.#deps;
    const place = ["KV", bucket, key];
    try {
      const sealed = sealRecord(ring, openRecord(ring, message.data, place), place);
      await js.publish(message.subject, sealed, { expect: { lastSubjectSequence: message.seq }, retries: 0 });
      return true;
    } catch (reason) {
      if (isRevisionConflict(reason)) return false;
      const fault = kvFault(reason, bucket);
      if (fault.code !== "internal") throw fault;
      logger.error({ bucket, key }, "a stored value does not open and was not sealed anew");
      return false;
    }
  }

  async *#all(): AsyncGenerator<SealedValue> {
    const { jsm } = this.#deps;
    for (const bucket of Object.values(buckets)) {
      for (let seq = 1; ;) {
        const query = { seq, next_by_subj: control.allKeys(bucket) };
        const message = await jsm.streams.getMessage(`KV_${bucket}`, query).catch((reason: unknown) => {
          throw kvFault(reason, bucket);
        });
        if (!message) break;
        seq = message.seq + 1;
        const keyId = message.header.get("KV-Operation") === "" ? ringKeyIdOf(message.data) : undefined;
        // A controller's sign of life is not sealed, and could look as if it were.
        const key = message.subject.slice(control.keyPrefix(bucket).length);
        const isSign = bucket === buckets.controllers && key.startsWith("ctl_");
        if (keyId !== undefined && !isSign) yield { bucket, key, keyId, message };
      }
    }
  }
}
