import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from "node:crypto";
import { LongarmError } from "../errors.ts";

/** What the keys derived from one ring key are used for; no key serves two of them. */
export interface PurposeKeys {
  readonly id: number;
  /** AES-256-GCM, for `sealRecord` and `openRecord`. */
  readonly seal: KeyObject;
  /** HMAC-SHA256 of bodies. */
  readonly body: KeyObject;
  /** HMAC-SHA256 from which run ids are derived. */
  readonly runId: KeyObject;
}

/** A ring key as its file holds it: 32 bytes under a 32-bit id. */
export interface RingKey {
  readonly id: number;
  readonly bytes: Uint8Array;
}

export const ringKeyBytes = 32;
const largestId = 0xffff_ffff;

function derive(key: RingKey, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", key.bytes, "longarm key ring v1", purpose, ringKeyBytes)));
}

function derivePurposes(key: RingKey): PurposeKeys {
  return {
    id: key.id,
    seal: derive(key, "seal"),
    body: derive(key, "body"),
    runId: derive(key, "run-id"),
  };
}

/**
 * The installation's keys by id. The active one seals; every one opens; the first one makes fingerprints, so that a later
 * rotation of the active key changes neither an idempotency key's run id nor a stored body hash.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<number, PurposeKeys>;
  readonly active: PurposeKeys;
  readonly first: PurposeKeys;

  /** Derives every purpose key once. Throws `key_ring_missing` when the keys are not a ring. */
  constructor(keys: readonly RingKey[], activeId: number) {
    for (const { id, bytes } of keys) {
      if (!Number.isInteger(id) || id < 0 || id > largestId)
        throw new LongarmError("key_ring_missing", `The key ring names a key ${id}: expected a 32-bit id.`);
      if (bytes.length !== ringKeyBytes)
        throw new LongarmError("key_ring_missing", `Key ${id} of the key ring has ${bytes.length} bytes: expected ${ringKeyBytes}.`);
    }
    this.#keys = new Map(keys.map((key) => [key.id, derivePurposes(key)]));
    const first = keys[0] && this.#keys.get(keys[0].id);
    const active = this.#keys.get(activeId);
    if (!first || !active)
      throw new LongarmError("key_ring_missing", `The key ring names key ${activeId} as its active one but does not hold it.`);
    if (this.#keys.size !== keys.length) throw new LongarmError("key_ring_missing", "The key ring holds two keys under one id.");
    this.active = active;
    this.first = first;
  }

  /** The keys under `id`, or undefined when the ring does not hold them. */
  find(id: number): PurposeKeys | undefined {
    return this.#keys.get(id);
  }
}

/** A fresh ring key under a random id. */
export function newRingKey(): RingKey {
  return { id: randomBytes(4).readUInt32BE(), bytes: randomBytes(ringKeyBytes) };
}

/** A ring of one fresh key that lives in memory only, for tests and tools. */
export function createKeyRing(): KeyRing {
  const key = newRingKey();
  return new KeyRing([key], key.id);
}
