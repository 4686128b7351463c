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

/** The two fingerprint keys of a ring, which stay when the key that they were derived from is dropped. */
export interface FingerprintKeys {
  readonly body: Uint8Array;
  readonly runId: Uint8Array;
}

type Fingerprints = Pick<PurposeKeys, "body" | "runId">;

interface Keys {
  readonly byId: ReadonlyMap<number, PurposeKeys>;
  readonly active: PurposeKeys;
  readonly first: Fingerprints;
}

function missing(sentence: string): LongarmError {
  return new LongarmError("key_ring_missing", sentence);
}

function readKeys(keys: readonly RingKey[], activeId: number, fingerprints: FingerprintKeys | undefined): Keys {
  for (const { id, bytes } of keys) {
    if (!Number.isInteger(id) || id < 0 || id > largestId) throw missing(`The key ring names a key ${id}: expected a 32-bit id.`);
    if (bytes.length !== ringKeyBytes) throw missing(`Key ${id} of the key ring has ${bytes.length} bytes: expected ${ringKeyBytes}.`);
  }
  const byId = new Map(keys.map((key) => [key.id, derivePurposes(key)]));
  const first = keys[0] && byId.get(keys[0].id);
  const active = byId.get(activeId);
  if (!first || !active) throw missing(`The key ring names key ${activeId} as its active one but does not hold it.`);
  if (byId.size !== keys.length) throw missing("The key ring holds two keys under one id.");
  const kept = fingerprints && { body: createSecretKey(fingerprints.body), runId: createSecretKey(fingerprints.runId) };
  return { byId, active, first: kept ?? first };
}

// What is sealed under an id that nobody has could otherwise make its readers read the ring all the time.
const lookAgainAfterMs = 1_000;

/**
 * The installation's keys by id. The active one seals; every one opens; the first one makes fingerprints, so that a later
 * rotation of the active key changes neither an idempotency key's run id nor a stored body hash.
 */
export class KeyRing {
  #keys: Keys;
  #reload: (() => KeyRing) | undefined;
  #lookedAtMs = -Infinity;

  /** Derives every purpose key once. Throws `key_ring_missing` when the keys are not a ring. */
  constructor(keys: readonly RingKey[], activeId: number, fingerprints?: FingerprintKeys) {
    this.#keys = readKeys(keys, activeId, fingerprints);
  }

  get active(): PurposeKeys {
    return this.#keys.active;
  }

  /** The keys that fingerprints are made with. */
  get first(): Fingerprints {
    return this.#keys.first;
  }

  get ids(): readonly number[] {
    return [...this.#keys.byId.keys()];
  }

  /** The keys under `id`; one that is not known is looked for where the ring is kept, at most once a second. Undefined: nobody has it. */
  find(id: number): PurposeKeys | undefined {
    return this.#keys.byId.get(id) ?? this.#lookAgain(id);
  }

  /** Where the ring is kept: asked when a key is met that is not known, since another controller may have made it. */
  reloadBy(reload: () => KeyRing): void {
    this.#reload = reload;
  }

  /** Takes on what another ring holds; everyone who has this one goes on with it. */
  adopt(ring: KeyRing): void {
    this.#keys = ring.#keys;
  }

  #lookAgain(id: number): PurposeKeys | undefined {
    const nowMs = performance.now();
    if (!this.#reload || nowMs - this.#lookedAtMs < lookAgainAfterMs) return undefined;
    this.#lookedAtMs = nowMs;
    try {
      this.adopt(this.#reload());
    } catch {
      // What cannot be read now is no reason to stop opening what the known keys open.
      return undefined;
    }
    return this.#keys.byId.get(id);
  }
}

/** The fingerprint keys that a ring key stands for, to be kept when it goes. */
export function fingerprintKeysOf(key: RingKey): FingerprintKeys {
  const { body, runId } = derivePurposes(key);
  return { body: body.export(), runId: runId.export() };
}

/** The one key for what must open for as long as the installation lives: derived from the fingerprint keys, so no rotation changes it. */
export function lastingRing(ring: KeyRing, purpose: string): KeyRing {
  const bytes = Buffer.from(hkdfSync("sha256", ring.first.body.export(), "longarm lasting key v1", purpose, ringKeyBytes));
  return new KeyRing([{ id: 0, bytes }], 0);
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
