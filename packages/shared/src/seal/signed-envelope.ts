import { signatureBytes } from "./signing-key.ts";

/* form (1) · signing key's id (8) · signature (64) · payload */
const form = 1;
const keyIdBytes = 8;
const payloadAt = 1 + keyIdBytes + signatureBytes;

/** What is signed of a message that everybody may read: where it travels, and its exact bytes. */
export function signedWithSubject(subject: string, payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${subject}\0`), payload]);
}

/** A payload with its signature. */
export function sealSigned(
  payload: Uint8Array,
  { keyId, signature }: { readonly keyId: string; readonly signature: Uint8Array },
): Uint8Array {
  return Buffer.concat([Uint8Array.of(form), Buffer.from(keyId, "hex"), signature, payload]);
}

/** The parts of a signed message; undefined: it is none. Nothing about it has been verified. */
export function openSigned(
  message: Uint8Array,
): { readonly keyId: string; readonly signature: Uint8Array; readonly payload: Uint8Array } | undefined {
  if (message.length < payloadAt || message[0] !== form) return undefined;
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.length);
  return {
    keyId: bytes.toString("hex", 1, 1 + keyIdBytes),
    signature: bytes.subarray(1 + keyIdBytes, payloadAt),
    payload: bytes.subarray(payloadAt),
  };
}
