import { createHash } from "node:crypto";
import { LongarmError, type BlobRef, type RunId } from "@longarm/shared";
import type { BlobStore } from "../ports/blob-store.ts";

/** Blobs in memory, for tests. */
export class MemoryBlobStore implements BlobStore {
  readonly #blobs = new Map<string, Uint8Array>();

  async put(
    run: RunId,
    of: { readonly part: string; readonly epoch: number; readonly attempt: number; readonly bytes: Uint8Array },
    signal: AbortSignal,
  ): Promise<BlobRef> {
    signal.throwIfAborted();
    const { part, epoch, attempt, bytes } = of;
    this.#blobs.set(`${run}/${part}/${epoch}/${attempt}`, bytes);
    return { part, epoch, attempt, chunks: 1, length: bytes.length, sha256: createHash("sha256").update(bytes).digest() };
  }

  async get(run: RunId, blob: BlobRef): Promise<Uint8Array> {
    const bytes = this.#blobs.get(`${run}/${blob.part}/${blob.epoch}/${blob.attempt}`);
    if (bytes) return bytes;
    throw new LongarmError("sealed_record_rejected", `The blob "${blob.part}" of ${run} is missing.`);
  }

  forget(run: RunId): void {
    for (const key of this.#blobs.keys()) if (key.startsWith(`${run}/`)) this.#blobs.delete(key);
  }
}
