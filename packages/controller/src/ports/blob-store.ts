import type { BlobRef, RunId } from "@longarm/shared";

/** Bytes too many for a record: stored in chunks before the record that names them. What was written under one epoch stays, whatever is written under another. */
export interface BlobStore {
  /** `part` names what they are of: a call's id, `output` or `page`. Keeps trying while the broker is away until the signal is aborted. */
  put(
    run: RunId,
    of: { readonly part: string; readonly epoch: number; readonly attempt: number; readonly bytes: Uint8Array },
    signal: AbortSignal,
  ): Promise<BlobRef>;
  /** Throws `sealed_record_rejected` when a chunk is missing or the whole has another hash. */
  get(run: RunId, blob: BlobRef): Promise<Uint8Array>;
}
