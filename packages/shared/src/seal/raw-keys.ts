import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { LongarmError } from "../errors.ts";

/** How many bytes a raw key of either kind has, the private half (a seed) and the public one alike. */
export const rawKeyBytes = 32;

/** `ed25519` signs, `x25519` agrees on secrets. */
export type KeyKind = "ed25519" | "x25519";

// RFC 8410: what stands before the 32 bytes in PKCS 8 and in a SubjectPublicKeyInfo.
const prefixes = {
  ed25519: { private: "302e020100300506032b657004220420", public: "302a300506032b6570032100" },
  x25519: { private: "302e020100300506032b656e04220420", public: "302a300506032b656e032100" },
} as const;

function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length === rawKeyBytes) return bytes;
  throw new LongarmError("invalid_wire_message", `A key has ${bytes.length} bytes; ${rawKeyBytes} were expected.`);
}

/** The private key behind 32 raw bytes. */
export function privateKeyOf(kind: KeyKind, seed: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(prefixes[kind].private, "hex"), checked(seed)]);
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}

/** The public key behind 32 raw bytes; throws `invalid_wire_message` for another number of them. */
export function publicKeyOf(kind: KeyKind, raw: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(prefixes[kind].public, "hex"), checked(raw)]);
  return createPublicKey({ key, format: "der", type: "spki" });
}

/** The public half of a private key, as 32 raw bytes. */
export function rawPublicOf(key: KeyObject): Uint8Array {
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return new Uint8Array(spki.subarray(spki.length - rawKeyBytes));
}

/** What a public key is named by on the wire: 16 hexadecimal digits of its SHA-256. */
export function keyIdOf(raw: Uint8Array): string {
  return createHash("sha256").update(checked(raw)).digest("hex").slice(0, 16);
}

/** What people compare a public key by: `sha256:` and 64 hexadecimal digits. */
export function keyFingerprint(raw: Uint8Array): string {
  return `sha256:${createHash("sha256").update(checked(raw)).digest("hex")}`;
}
