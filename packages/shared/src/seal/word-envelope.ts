import { createHash, type KeyObject } from "node:crypto";
import { decrypt, encryptInto, nonceBytes, tagBytes } from "./aead.ts";
import { freshBytes } from "./fresh-bytes.ts";
import { signatureBytes } from "./signing-key.ts";

/*
 * A word is what an agent and its installation tell each other beside calls.
 *
 * form (1) · installation's sealing key's id (8) · nonce (12) · AES-256-GCM of
 *     [ sequence (8) · sent at (8) · length of the sender's id (1) · sender · 0, or 1 · signing key's id (8) · signature (64) · payload ] · tag
 *
 * The head, the subject, and what else it is bound to (the process of the agent that it is for) are associated data. The key is agreed
 * on by the agent's and the installation's own sealing keys, one for each direction.
 */
const form = 1;
const keyIdBytes = 8;
const nonceAt = 1 + keyIdBytes;
const textAt = nonceAt + nonceBytes;
const senderAt = 17;

/** Where a word travels, and what it is bound to there. */
export interface WordWay {
  readonly key: KeyObject;
  readonly subject: string;
  /** The process that it is for; empty: any. */
  readonly bound: string;
}

/** What stands in a word beside its payload. */
export interface WordHead {
  /** Grows with each word of this sender. */
  readonly sequence: number;
  /** Unix milliseconds on the sender's clock. */
  readonly sentAtMs: number;
  readonly sender: string;
}

/** A word as it was found. */
export interface OpenedWord extends WordHead {
  readonly payload: Uint8Array;
  /** Absent: it is not signed. */
  readonly signed?: { readonly keyId: string; readonly signature: Uint8Array; readonly digest: Uint8Array };
}

/** What is signed of a word: all of it, and where it travels. */
export function wordDigest(head: WordHead, payload: Uint8Array, { subject, bound }: Omit<WordWay, "key">): Uint8Array {
  const where = JSON.stringify([subject, bound, head.sender, head.sequence, head.sentAtMs]);
  return createHash("sha256").update(`${where.length} `).update(where).update(payload).digest();
}

/** A word in its envelope, with its signature if it has one. */
export function sealWord(
  { sequence, sentAtMs, sender }: WordHead,
  payload: Uint8Array,
  way: WordWay & { readonly sealingKeyId: string; readonly signed?: { readonly keyId: string; readonly signature: Uint8Array } },
): Uint8Array {
  const from = Buffer.from(sender);
  const start = Buffer.alloc(senderAt);
  start.writeDoubleBE(sequence, 0);
  start.writeDoubleBE(sentAtMs, 8);
  start[16] = from.length;
  const { signed } = way;
  const signature = signed ? [Uint8Array.of(1), Buffer.from(signed.keyId, "hex"), signed.signature] : [Uint8Array.of(0)];
  const plaintext = Buffer.concat([start, from, ...signature, payload]);
  const envelope = Buffer.allocUnsafe(textAt + plaintext.length + tagBytes);
  envelope[0] = form;
  envelope.write(way.sealingKeyId, 1, keyIdBytes, "hex");
  const nonce = freshBytes(nonceBytes);
  envelope.set(nonce, nonceAt);
  encryptInto(envelope, textAt, { key: way.key, nonce, associated: associatedOf(envelope, way), parts: [plaintext] });
  return envelope;
}

/** The id of the installation's sealing key that a word is sealed with; undefined: it is no word. */
export function sealingKeyIdOf(envelope: Uint8Array): string | undefined {
  if (envelope.length < textAt + senderAt + 1 + tagBytes || envelope[0] !== form) return undefined;
  return Buffer.from(envelope.buffer, envelope.byteOffset, nonceAt).toString("hex", 1, nonceAt);
}

/** What a word says; undefined: it does not open here. Whether it is signed by whom it must be is for the caller to see. */
export function openWord(envelope: Uint8Array, way: WordWay): OpenedWord | undefined {
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.length);
  const nonce = bytes.subarray(nonceAt, textAt);
  const inner = decrypt(bytes.subarray(textAt), { key: way.key, nonce, associated: associatedOf(bytes, way) });
  if (!inner) return undefined;
  const read = Buffer.from(inner.buffer, inner.byteOffset, inner.length);
  const at = senderAt + (read[16] ?? 0);
  const head = { sequence: read.readDoubleBE(0), sentAtMs: read.readDoubleBE(8), sender: read.toString("utf8", senderAt, at) };
  if (read[at] !== 1) return { ...head, payload: read.subarray(at + 1) };
  const payloadAt = at + 1 + keyIdBytes + signatureBytes;
  if (read.length < payloadAt) return undefined;
  const payload = read.subarray(payloadAt);
  const signed = {
    keyId: read.toString("hex", at + 1, at + 1 + keyIdBytes),
    signature: read.subarray(at + 1 + keyIdBytes, payloadAt),
    digest: wordDigest(head, payload, way),
  };
  return { ...head, payload, signed };
}

function associatedOf(envelope: Buffer, { subject, bound }: Omit<WordWay, "key">): Uint8Array {
  return Buffer.concat([envelope.subarray(0, textAt), Buffer.from(`${subject}\0${bound}`)]);
}
