import { hash, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import { keyIdOf, privateKeyOf, publicKeyOf, rawKeyBytes, rawPublicOf } from "./raw-keys.ts";

/** How many bytes an ed25519 signature has. */
export const signatureBytes = 64;

/** What a signature is for; no signature for one purpose counts for another. */
export type SignaturePurpose = "call" | "word" | "answer" | "end" | "enrolment" | "installation";

/** Public half of an ed25519 key (RFC 8032). */
export class VerifyingKey {
  /** 16 hexadecimal digits of the SHA-256 of `raw`. */
  readonly id: string;
  readonly raw: Uint8Array;
  readonly #key: KeyObject;

  /** Throws `invalid_wire_message` for anything but 32 bytes. */
  constructor(raw: Uint8Array) {
    this.raw = raw;
    this.id = keyIdOf(raw);
    this.#key = publicKeyOf("ed25519", raw);
  }

  /** Was this signed for this purpose by the key's private half? Never throws. */
  verify(purpose: SignaturePurpose, message: Uint8Array, signature: Uint8Array): boolean {
    return signature.length === signatureBytes && verify(null, forPurpose(purpose, message), this.#key, signature);
  }
}

/** An ed25519 key that signs; its private half is not to be read from it. */
export class SigningKey {
  readonly public: VerifyingKey;
  readonly #key: KeyObject;

  /** `seed`: 32 bytes, the private half. */
  constructor(seed: Uint8Array) {
    this.#key = privateKeyOf("ed25519", seed);
    this.public = new VerifyingKey(rawPublicOf(this.#key));
  }

  get id(): string {
    return this.public.id;
  }

  /** 64 bytes. */
  sign(purpose: SignaturePurpose, message: Uint8Array): Uint8Array {
    return sign(null, forPurpose(purpose, message), this.#key);
  }
}

/** 32 fresh bytes, from which a key of either kind is made. */
export function newSeed(): Uint8Array {
  return randomBytes(rawKeyBytes);
}

// Hashed first: a long message is then read once, where ed25519 would read it twice.
function forPurpose(purpose: SignaturePurpose, message: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`longarm ${purpose} v1\0`), hash("sha256", message, "buffer")]);
}
