import { LongarmError } from "../errors.ts";
import { type FingerprintKeys, fingerprintKeysOf, KeyRing, newRingKey, type RingKey } from "./key-ring.ts";

/** A key as the ring's text holds it. `key` is base64, times are RFC 3339. */
interface KeyEntry {
  readonly id: number;
  readonly key: string;
  readonly createdAt?: string;
  /** Since when it seals nothing more; absent: it is active, or never was. */
  readonly retiredAt?: string;
}

/** A key ring as its file, variable or command gives it. */
export interface KeyRingContent {
  readonly version: 1;
  readonly active: number;
  readonly keys: readonly KeyEntry[];
  /** What the first key stood for besides sealing, once it is dropped; base64. */
  readonly fingerprints?: { readonly body: string; readonly runId: string };
}

/** What may be said of a key: no part of it. Times are Unix milliseconds. */
export interface DescribedKey {
  readonly id: number;
  readonly state: "active" | "next" | "retired";
  readonly createdAt: number | null;
  readonly retiredAt: number | null;
}

function isKeyRing(value: unknown): value is KeyRingContent {
  if (typeof value !== "object" || value === null) return false;
  const { version, active, keys } = value as Partial<KeyRingContent>;
  const isEntry = (key: Partial<KeyEntry> | undefined): boolean => typeof key?.id === "number" && typeof key.key === "string";
  return version === 1 && typeof active === "number" && Array.isArray(keys) && keys.every(isEntry);
}

/** Reads the text of a ring that comes from `where`. Throws `key_ring_missing`, whose message shows nothing of it. */
export function parseKeyRing(where: string, text: string): KeyRingContent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message would quote the text, which is a secret.
    throw new LongarmError("key_ring_missing", `${where} is not JSON: restore the key ring from a copy.`);
  }
  if (isKeyRing(value)) return value;
  throw new LongarmError("key_ring_missing", `${where} is no key ring of version 1: restore it from a copy.`);
}

/** The text of a ring. */
export function formatKeyRing(content: KeyRingContent): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

const toRingKey = ({ id, key }: KeyEntry): RingKey => ({ id, bytes: Buffer.from(key, "base64") });

function keptFingerprints({ fingerprints }: KeyRingContent): FingerprintKeys | undefined {
  return fingerprints && { body: Buffer.from(fingerprints.body, "base64"), runId: Buffer.from(fingerprints.runId, "base64") };
}

/** The ring that a content describes. Throws `key_ring_missing`. */
export function toKeyRing(content: KeyRingContent): KeyRing {
  return new KeyRing(content.keys.map(toRingKey), content.active, keptFingerprints(content));
}

export function freshEntry(now: Date): KeyEntry {
  const { id, bytes } = newRingKey();
  return { id, key: Buffer.from(bytes).toString("base64"), createdAt: now.toISOString() };
}

function stateOf({ id, retiredAt }: KeyEntry, { active, keys }: KeyRingContent): DescribedKey["state"] {
  if (id === active) return "active";
  const isBehind = keys.findIndex((key) => key.id === id) > keys.findIndex((key) => key.id === active);
  return retiredAt === undefined && isBehind ? "next" : "retired";
}

function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : time;
}

/** The keys in the order of the ring. A ring that says nothing of a retirement dates it to the making of the active key. */
export function describeKeys(ring: KeyRingContent): readonly DescribedKey[] {
  const active = ring.keys.find(({ id }) => id === ring.active);
  return ring.keys.map((key) => {
    const state = stateOf(key, ring);
    const retiredAt = state === "retired" ? timeOf(key.retiredAt ?? active?.createdAt) : null;
    return { id: key.id, state, createdAt: timeOf(key.createdAt), retiredAt };
  });
}

/** The ring with a key that follows the active one, or with that key active. */
export function rotated(ring: KeyRingContent, { activate, now }: { readonly activate: boolean; readonly now: Date }): KeyRingContent {
  const waiting = ring.keys.findLast((key) => stateOf(key, ring) === "next");
  const next = waiting ?? freshEntry(now);
  const keys = waiting ? ring.keys : [...ring.keys, next];
  if (!activate) return { ...ring, keys };
  const retiredAt = now.toISOString();
  return { ...ring, active: next.id, keys: keys.map((key) => (key.id === ring.active ? { ...key, retiredAt } : key)) };
}

/** The ring without a key. Throws `invalid_state` for the active one, `invalid_request` for one that it does not hold. */
export function without(ring: KeyRingContent, id: number): KeyRingContent {
  const [first] = ring.keys;
  if (!first || !ring.keys.some((key) => key.id === id))
    throw new LongarmError("invalid_request", `The key ring holds no key ${id}; \`longarm keys ls\` lists those that it has.`);
  if (id === ring.active) throw new LongarmError("invalid_state", `Key ${id} is the active one: rotate first.`);
  const keys = ring.keys.filter((key) => key.id !== id);
  if (first.id !== id || ring.fingerprints) return { ...ring, keys };
  const { body, runId } = fingerprintKeysOf(toRingKey(first));
  const fingerprints = { body: Buffer.from(body).toString("base64"), runId: Buffer.from(runId).toString("base64") };
  return { ...ring, keys, fingerprints };
}
