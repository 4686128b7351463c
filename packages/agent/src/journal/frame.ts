import { hash } from "node:crypto";
import { crc32 } from "node:zlib";

/*
 * length of the payload (4, big endian) · CRC32 of all but itself (4) · hash of the frame before (16) · payload
 *
 * Behind the last frame stand zeros, to the file's end. So whatever was changed is noticed: in a frame by its CRC, behind the last
 * one because it is no zero, and a frame taken out by the hash in the one that followed it.
 */
const hashBytes = 16;
const payloadAt = 8 + hashBytes;

/** How many bytes a frame has beside its payload. */
export const frameOverhead = payloadAt;

/** What stands for the hash of the frame before the first one. */
export const noHash: Uint8Array = new Uint8Array(hashBytes);

/** What was found at a place: a frame; `end`: nothing but zeros to the file's end; or something that is neither. */
export type FoundFrame =
  | { readonly kind: "frame"; readonly payload: Uint8Array; readonly hash: Uint8Array; readonly end: number }
  | { readonly kind: "end" }
  | { readonly kind: "damaged"; readonly why: string };

function checksum(frame: Uint8Array): number {
  return crc32(frame.subarray(8), crc32(frame.subarray(0, 4)));
}

function hashOf(frame: Uint8Array): Uint8Array {
  return hash("sha256", frame, "buffer").subarray(0, hashBytes);
}

/** Puts a frame in its place, and returns its hash. */
export function writeFrame(
  target: Buffer,
  at: number,
  content: { readonly payload: Uint8Array; readonly previous: Uint8Array },
): Uint8Array {
  const { payload, previous } = content;
  const frame = target.subarray(at, at + payloadAt + payload.length);
  frame.writeUInt32BE(payload.length);
  frame.set(previous, 8);
  frame.set(payload, payloadAt);
  frame.writeUInt32BE(checksum(frame), 4);
  return hashOf(frame);
}

/** Reads what stands at a place behind the frame whose hash is `previous`. */
export function readFrame(bytes: Uint8Array, at: number, previous: Uint8Array): FoundFrame {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = at + 4 <= source.length ? source.readUInt32BE(at) : 0;
  if (length === 0) return isZero(source, at) ? { kind: "end" } : damaged(at, "something stands behind the last record");
  const end = at + payloadAt + length;
  if (end > source.length) return damaged(at, "a record is longer than the file");
  const frame = source.subarray(at, end);
  if (frame.readUInt32BE(4) !== checksum(frame)) return damaged(at, "a record's checksum is wrong");
  if (Buffer.compare(frame.subarray(8, payloadAt), previous) !== 0) return damaged(at, "a record does not follow the one before it");
  return { kind: "frame", payload: frame.subarray(payloadAt), hash: hashOf(frame), end };
}

function damaged(at: number, why: string): FoundFrame {
  return { kind: "damaged", why: `${why} (byte ${at})` };
}

const zeros = Buffer.alloc(64 * 1024);

function isZero(bytes: Buffer, from: number): boolean {
  for (let at = from; at < bytes.length; at += zeros.length) {
    const end = Math.min(bytes.length, at + zeros.length);
    if (bytes.compare(zeros, 0, end - at, at, end) !== 0) return false;
  }
  return true;
}
