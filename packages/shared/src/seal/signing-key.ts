import { hash, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import { rootOf, treeOver } from "./batch.ts";
import { keyIdOf, privateKeyOf, publicKeyOf, rawKeyBytes, rawPublicOf } from "./raw-keys.ts";

/** How many bytes an ed25519 signature has. */
export const signatureBytes = 64;

const rootsKept = 64;

/** What a signature is for; no signature for one purpose counts for another. */
export type SignaturePurpose = "call" | "word" | "answer" | "end" | "enrolment" | "installation" | "audit";

/** Public half of an ed25519 key (RFC 8032). */
export class VerifyingKey {
  /** 16 hexadecimal digits of the SHA-256 of `raw`. */
  readonly id: string;
  readonly raw: Uint8Array;
  readonly #key: KeyObject;
  /** Roots of batches that were found signed, the oldest first. */
  readonly #found = new Set<string>();

  /** Throws `invalid_wire_message` for anything but 32 bytes. */
  constructor(raw: Uint8Array) {
    this.raw = raw;
    this.id = keyIdOf(raw);
    this.#key = publicKeyOf("ed25519", raw);
  }

  /** Was this signed for this purpose by the key's private half, alone or in a batch? Never throws. */
  verify(purpose: SignaturePurpose, message: Uint8Array, signature: Uint8Array): boolean {
    if (signature.length === signatureBytes) return verify(null, forPurpose(purpose, message), this.#key, signature);
    const root = rootOf(message, signature);
    return root !== undefined && this.#isRootSigned(purpose, root, signature.subarray(0, signatureBytes));
  }

  // The signature is the same for all of a batch, and they come together.
  #isRootSigned(purpose: SignaturePurpose, root: Uint8Array, signature: Uint8Array): boolean {
    const name = Buffer.concat([Buffer.from(purpose), root, signature]).toString("latin1");
    if (this.#found.has(name)) return true;
    if (!verify(null, forBatch(purpose, root), this.#key, signature)) return false;
    this.#found.add(name);
    if (this.#found.size > rootsKept) for (const oldest of this.#found) return this.#found.delete(oldest);
    return true;
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

  /** One signature for all of these, each with the way to its own message; of a single one, as `sign` makes it. At most 256. */
  signAll(purpose: SignaturePurpose, messages: readonly Uint8Array[]): readonly Uint8Array[] {
    if (messages.length === 1) return messages.map((message) => this.sign(purpose, message));
    const { root, paths } = treeOver(messages);
    const signature = sign(null, forBatch(purpose, root), this.#key);
    return paths.map((path) => Buffer.concat([signature, path]));
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

function forBatch(purpose: SignaturePurpose, root: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`longarm batch of ${purpose} v1\0`), root]);
}

// Hashed first: a long message is then read once, where ed25519 would read it twice.
function forPurpose(purpose: SignaturePurpose, message: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`longarm ${purpose} v1\0`), hash("sha256", message, "buffer")]);
}
