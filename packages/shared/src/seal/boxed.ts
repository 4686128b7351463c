import { type KeyObject, randomBytes } from "node:crypto";
import { decrypt, encryptInto, nonceBytes, tagBytes } from "./aead.ts";

/** A nonce, then ciphertext and tag: AES-256-GCM under an agreed key, bound to the place where it is to stand. For few messages: the nonce is random. */
export function boxed(key: KeyObject, plaintext: Uint8Array, place: string): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const box = Buffer.alloc(nonceBytes + plaintext.length + tagBytes);
  box.set(nonce);
  encryptInto(box, nonceBytes, { key, nonce, associated: Buffer.from(place), parts: [plaintext] });
  return box;
}

/** What was put in, or undefined when it was sealed under another key, for another place, or was changed. */
export function unboxed(key: KeyObject, box: Uint8Array, place: string): Uint8Array | undefined {
  if (box.length < nonceBytes + tagBytes) return undefined;
  const nonce = box.subarray(0, nonceBytes);
  return decrypt(box.subarray(nonceBytes), { key, nonce, associated: Buffer.from(place) });
}
