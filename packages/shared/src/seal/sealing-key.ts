import { createSecretKey, diffieHellman, hkdfSync, type KeyObject } from "node:crypto";
import { LongarmError } from "../errors.ts";
import { keyIdOf, privateKeyOf, publicKeyOf, rawPublicOf } from "./raw-keys.ts";

/** What two sealing keys agree on a secret for; the secrets of different purposes have nothing in common. */
export type AgreementPurpose = "knock" | "knocked" | "call" | "to-agent" | "to-controller";

/** Public half of an x25519 key (RFC 7748). */
export class SealingPublicKey {
  /** 16 hexadecimal digits of the SHA-256 of `raw`. */
  readonly id: string;
  readonly raw: Uint8Array;
  readonly key: KeyObject;

  /** Throws `invalid_wire_message` for anything but 32 bytes. */
  constructor(raw: Uint8Array) {
    this.raw = raw;
    this.id = keyIdOf(raw);
    this.key = publicKeyOf("x25519", raw);
  }
}

/** An x25519 key with which secrets are agreed on; its private half is not to be read from it. */
export class SealingKey {
  readonly public: SealingPublicKey;
  readonly #key: KeyObject;

  /** `seed`: 32 bytes, the private half. */
  constructor(seed: Uint8Array) {
    this.#key = privateKeyOf("x25519", seed);
    this.public = new SealingPublicKey(rawPublicOf(this.#key));
  }

  get id(): string {
    return this.public.id;
  }

  /**
   * An AES-256 key that only the two sides know. `from` and `to` are the public halves of who seals and who opens: the key is bound to
   * both. Throws `invalid_wire_message` for a public key that agrees on nothing (a point of low order).
   */
  agree(other: SealingPublicKey, purpose: AgreementPurpose, { isFrom }: { readonly isFrom: boolean }): KeyObject {
    const [from, to] = isFrom ? [this.public, other] : [other, this.public];
    const salt = Buffer.concat([from.raw, to.raw]);
    return createSecretKey(Buffer.from(hkdfSync("sha256", this.#shared(other), salt, `longarm ${purpose} v1`, 32)));
  }

  #shared(other: SealingPublicKey): Uint8Array {
    try {
      return diffieHellman({ privateKey: this.#key, publicKey: other.key });
    } catch (cause) {
      throw new LongarmError("invalid_wire_message", "A sealing key agrees on no secret.", { cause });
    }
  }
}
