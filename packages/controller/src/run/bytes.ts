import type { Bytes, RunId } from "@longarm/shared";
import type { BlobStore } from "../ports/blob-store.ts";

const text = new TextDecoder();

/** Longer outcomes and outputs stand beside the record. */
export const recordInlineBytes = 64 * 1024;
/** A page's message may come close to the broker's payload limit of 1 MB. */
export const pageInlineBytes = 768 * 1024;

interface Keep {
  readonly part: string;
  readonly epoch: number;
  readonly attempt: number;
  readonly bytes: Uint8Array;
  readonly inlineBytes: number;
  readonly signal: AbortSignal;
}

/** Bytes as a record may hold them: in it, or stored beside it first. */
export async function keepBytes(blobs: BlobStore, run: RunId, keep: Keep): Promise<Bytes> {
  if (keep.bytes.length <= keep.inlineBytes) return { kind: "inline", bytes: keep.bytes };
  return { kind: "blob", blob: await blobs.put(run, keep, keep.signal) };
}

/** The bytes that a record holds or names; empty for null. */
export async function readBytes(blobs: BlobStore, run: RunId, bytes: Bytes | null): Promise<Uint8Array> {
  if (bytes === null) return new Uint8Array();
  return bytes.kind === "inline" ? bytes.bytes : blobs.get(run, bytes.blob);
}

/** The same as the JSON that they are. Throws `sealed_record_rejected` when they cannot be read. */
export async function readJson(blobs: BlobStore, run: RunId, bytes: Bytes): Promise<unknown> {
  return JSON.parse(text.decode(await readBytes(blobs, run, bytes))) as unknown;
}
