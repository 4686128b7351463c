import type { KeyObject } from "node:crypto";
import { decrypt, encryptInto, nonceBytes, tagBytes } from "./aead.ts";
import { freshBytes } from "./fresh-bytes.ts";
import { rawKeyBytes } from "./raw-keys.ts";
import { signatureBytes } from "./signing-key.ts";

/*
 * form (1) · passing x25519 public key (32) · nonce (12) · AES-256-GCM of
 *     [ signing key's id (8) · length of the signature (2) · signature · call ] · tag (16)
 *
 * The head, up to the nonce's end, and the subject that the envelope travels under are associated data: whatever is changed, cut,
 * added, or sent elsewhere does not open. What is signed are the call's exact bytes.
 */
const form = 1;
const nonceAt = 1 + rawKeyBytes;
const textAt = nonceAt + nonceBytes;
const keyIdBytes = 8;
const signatureAt = keyIdBytes + 2;
const leastInner = signatureAt + signatureBytes;

/** How many bytes an envelope has at least. */
export const leastCallEnvelope = textAt + leastInner + tagBytes;

/** A signature over a call, and which key it is by. */
export interface CallSignature {
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** The call in an envelope that only who agrees on `key` with the holder of `passing` opens, under this very subject. */
export function sealCall(
  call: Uint8Array,
  { keyId, signature }: CallSignature,
  way: { readonly key: KeyObject; readonly passing: Uint8Array; readonly subject: string },
): Uint8Array {
  const callAt = signatureAt + signature.length;
  const inner = Buffer.allocUnsafe(callAt);
  inner.write(keyId, 0, keyIdBytes, "hex");
  inner.writeUInt16BE(signature.length, keyIdBytes);
  inner.set(signature, signatureAt);
  const envelope = Buffer.allocUnsafe(textAt + inner.length + call.length + tagBytes);
  envelope[0] = form;
  envelope.set(way.passing, 1);
  const nonce = freshBytes(nonceBytes);
  envelope.set(nonce, nonceAt);
  encryptInto(envelope, textAt, { key: way.key, nonce, associated: associatedOf(envelope, way.subject), parts: [inner, call] });
  return envelope;
}

/** The passing public key that an envelope names, or undefined when it is none. */
export function passingKeyOf(envelope: Uint8Array): Uint8Array | undefined {
  if (envelope.length < leastCallEnvelope || envelope[0] !== form) return undefined;
  return envelope.subarray(1, nonceAt);
}

/** What is in an envelope; undefined when it does not open here. Whether it is signed by whom it must be is for the caller to see. */
export function openCall(
  envelope: Uint8Array,
  key: KeyObject,
  subject: string,
): (CallSignature & { readonly call: Uint8Array }) | undefined {
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.length);
  const nonce = bytes.subarray(nonceAt, textAt);
  const inner = decrypt(bytes.subarray(textAt), { key, nonce, associated: associatedOf(bytes, subject) });
  if (!inner || inner.length < leastInner) return undefined;
  const read = Buffer.from(inner.buffer, inner.byteOffset, inner.length);
  const callAt = signatureAt + read.readUInt16BE(keyIdBytes);
  if (callAt > read.length) return undefined;
  return {
    keyId: read.toString("hex", 0, keyIdBytes),
    signature: read.subarray(signatureAt, callAt),
    call: read.subarray(callAt),
  };
}

function associatedOf(envelope: Buffer, subject: string): Uint8Array {
  return Buffer.concat([envelope.subarray(0, textAt), Buffer.from(subject)]);
}
