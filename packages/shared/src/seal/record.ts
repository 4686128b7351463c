import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto";
import { LongarmError } from "../errors.ts";
import type { KeyRing } from "./key-ring.ts";

/** What a sealed record is bound to: it opens only where the very same values are given in the same order. */
export type Associated = readonly (string | number | Uint8Array)[];

/*
 * version (1) · key id (4, big endian) · nonce (12, random) · ciphertext · tag (16)
 *
 * Random 96-bit nonces are sound for about 2^32 records under one key (NIST SP 800-38D, 8.3); the ring exists so that the
 * active key can be changed long before.
 */
const version = 1;
const nonceAt = 5;
const textAt = 17;
const tagBytes = 16;
const cipherName = "aes-256-gcm";
const cipherOptions = { authTagLength: tagBytes };

/** Where in a sealed record its nonce stands: no two records of an installation bear the same. */
export const sealedNonce = { from: nonceAt, to: textAt } as const;

/** How many bytes a record grows by being sealed. */
export const sealedOverhead = textAt + tagBytes;

// Nonces are public, so drawing them from a pool costs no secrecy and saves most of a system call per record.
const noncePool = Buffer.alloc(12 * 256);
let nonceUsed = noncePool.length;

function writeNonce(target: Buffer): void {
  if (nonceUsed === noncePool.length) {
    randomFillSync(noncePool);
    nonceUsed = 0;
  }
  noncePool.copy(target, nonceAt, nonceUsed, nonceUsed + 12);
  nonceUsed += 12;
}

const kinds = { text: 1, number: 2, bytes: 3 } as const;

// Reused by every call: encoding is synchronous and the cipher has read it before the next call can begin.
let scratch = Buffer.allocUnsafeSlow(1024);

function mostBytes(part: string | number | Uint8Array): number {
  if (typeof part === "number") return 9;
  return 5 + (typeof part === "string" ? part.length * 3 : part.length);
}

function writePart(part: string | number | Uint8Array, at: number): number {
  if (typeof part === "number") {
    scratch[at] = kinds.number;
    return scratch.writeDoubleBE(part, at + 1);
  }
  const isText = typeof part === "string";
  const length = isText ? scratch.write(part, at + 5) : part.length;
  if (!isText) scratch.set(part, at + 5);
  scratch[at] = isText ? kinds.text : kinds.bytes;
  scratch.writeUInt32BE(length, at + 1);
  return at + 5 + length;
}

/** Two lists have the same encoding only if they are equal: each part carries its kind and its length. The header is covered too. */
function encodeAssociated(record: Buffer, associated: Associated): Buffer {
  let most = nonceAt;
  for (const part of associated) most += mostBytes(part);
  if (most > scratch.length) scratch = Buffer.allocUnsafeSlow(most * 2);
  record.copy(scratch, 0, 0, nonceAt);
  let at = nonceAt;
  for (const part of associated) at = writePart(part, at);
  return scratch.subarray(0, at);
}

/** `plaintext` under the ring's active key, bound to `associated`; `sealedOverhead` bytes longer. */
export function sealRecord(ring: KeyRing, plaintext: Uint8Array, associated: Associated): Uint8Array {
  const sealed = Buffer.allocUnsafe(sealedOverhead + plaintext.length);
  sealed[0] = version;
  sealed.writeUInt32BE(ring.active.id, 1);
  writeNonce(sealed);
  const cipher = createCipheriv(cipherName, ring.active.seal, sealed.subarray(nonceAt, textAt), cipherOptions);
  cipher.setAAD(encodeAssociated(sealed, associated));
  sealed.set(cipher.update(plaintext), textAt);
  cipher.final();
  sealed.set(cipher.getAuthTag(), textAt + plaintext.length);
  return sealed;
}

/** Under which key a sealed record is; undefined: it is none. */
export function ringKeyIdOf(sealed: Uint8Array): number | undefined {
  if (sealed.length < sealedOverhead || sealed[0] !== version) return undefined;
  return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).readUInt32BE(1);
}

function rejected(why: string, cause?: unknown): LongarmError {
  return new LongarmError("sealed_record_rejected", `A stored record was not acted on: ${why}.`, {
    cause,
  });
}

/** The plaintext of a sealed record. Whatever was changed in it, or in `associated`, throws `sealed_record_rejected`. */
export function openRecord(ring: KeyRing, sealed: Uint8Array, associated: Associated): Uint8Array {
  if (sealed.length < sealedOverhead) throw rejected(`it has ${sealed.length} bytes, a sealed one has ${sealedOverhead} or more`);
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] !== version) throw rejected(`its form ${bytes[0]} is not known here`);
  const keys = ring.find(bytes.readUInt32BE(1));
  if (!keys) throw rejected(`it is sealed under key ${bytes.readUInt32BE(1)}, which the key ring does not hold`);
  const tagAt = bytes.length - tagBytes;
  const decipher = createDecipheriv(cipherName, keys.seal, bytes.subarray(nonceAt, textAt), cipherOptions);
  decipher.setAAD(encodeAssociated(bytes, associated));
  decipher.setAuthTag(bytes.subarray(tagAt));
  const plaintext = decipher.update(bytes.subarray(textAt, tagAt));
  try {
    decipher.final();
  } catch (reason) {
    throw rejected("it does not open at the place where it was found", reason);
  }
  return plaintext;
}
