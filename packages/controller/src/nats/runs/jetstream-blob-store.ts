import { control, LongarmError, streams, type BlobRef, type Clock, type RunId } from "@longarm/shared";
import { hashRecord, openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { BlobStore } from "../../ports/blob-store.ts";
import { askingBroker, throughOutages } from "./outage.ts";
import { publish } from "./publish.ts";

interface Deps {
  readonly connection: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly ring: KeyRing;
  readonly clock: Clock;
}

// Well below the broker's payload limit of 1 MB, and large enough that an fsync is shared by many bytes.
const chunkBytes = 512 * 1024;

/** Blobs on the stream BLOBS, one subject a chunk. */
export class JetStreamBlobStore implements BlobStore {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async put(
    run: RunId,
    of: { readonly part: string; readonly epoch: number; readonly attempt: number; readonly bytes: Uint8Array },
    signal: AbortSignal,
  ): Promise<BlobRef> {
    const { part, epoch, attempt, bytes } = of;
    const chunks = Math.max(1, Math.ceil(bytes.length / chunkBytes));
    for (let n = 0; n < chunks; n += 1) {
      const subject = control.blob(run, { part, epoch, attempt, n });
      const payload = sealRecord(this.#deps.ring, bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes), [streams.blobs, subject]);
      await throughOutages(this.#deps.clock, signal, () => this.#putChunk(subject, payload));
    }
    return { part, epoch, attempt, chunks, length: bytes.length, sha256: hashRecord(bytes) };
  }

  async get(run: RunId, blob: BlobRef): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let n = 0; n < blob.chunks; n += 1) {
      const subject = control.blob(run, { ...blob, n });
      const message = await askingBroker(() => this.#deps.jsm.streams.getMessage(streams.blobs, { last_by_subj: subject }));
      if (!message) throw rejected(run, blob, `chunk ${n + 1} of ${blob.chunks} is missing`);
      parts.push(openRecord(this.#deps.ring, message.data, [streams.blobs, subject]));
    }
    const whole = Buffer.concat(parts);
    if (Buffer.compare(hashRecord(whole), blob.sha256) !== 0) throw rejected(run, blob, "its hash is another");
    return whole;
  }

  /** Storing a chunk twice does no harm: the last one counts, and they are alike. */
  async #putChunk(subject: string, payload: Uint8Array): Promise<void> {
    const published = await publish(this.#deps.connection, { subject, payload, headers: {} });
    if (published.kind !== "stored")
      throw new LongarmError("broker_unavailable", "The broker did not say whether it kept a blob.", { retryable: true });
  }
}

function rejected(run: RunId, blob: BlobRef, why: string): LongarmError {
  return new LongarmError("sealed_record_rejected", `The blob "${blob.part}" of ${run} cannot be used: ${why}.`, {
    details: { run, part: blob.part },
  });
}
