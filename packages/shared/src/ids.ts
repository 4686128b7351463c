import { randomFillSync } from "node:crypto";
import { LongarmError } from "./errors.ts";

type Branded<Name extends string> = string & { readonly __brand: Name };

/** `run_` and 26 letters or digits. */
export type RunId = Branded<"RunId">;
/** `call_` and 26 letters or digits. */
export type CallId = Branded<"CallId">;
/** `agt_` and 26 letters or digits. */
export type AgentId = Branded<"AgentId">;
/** `ctl_` and 26 letters or digits; a new one at each start. */
export type ControllerId = Branded<"ControllerId">;

const prefixes = { run: "run", call: "call", agent: "agt", controller: "ctl" } as const;
type IdKind = keyof typeof prefixes;
interface IdOf {
  run: RunId;
  call: CallId;
  agent: AgentId;
  controller: ControllerId;
}

// Crockford's base 32 in lower case: an id sorts by its time, may stand in a subject, a path and a file name, and has no look-alikes.
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const bodyLength = 26;
const pattern = /^([a-z]{3,4})_([0-9a-hjkmnp-tv-z]{26})$/;

function encode(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      text += alphabet[(buffer >> (bits - 5)) & 31];
      bits -= 5;
    }
  }
  return bits > 0 ? text + alphabet[(buffer << (5 - bits)) & 31] : text;
}

const timeBytes = 6;
const randomBytes = 10;

// Asking the system for ten random bytes costs as much as for some thousand, and more than all the rest of an id.
const pool = Buffer.alloc(randomBytes * 256);
let poolAt = pool.length;

/** A fresh id: 48 bits of `nowMs`, 80 random bits. */
export function newId<K extends IdKind>(kind: K, nowMs: number = Date.now()): IdOf[K] {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const bytes = Buffer.allocUnsafe(timeBytes + randomBytes);
  bytes.writeUIntBE(nowMs, 0, timeBytes);
  pool.copy(bytes, timeBytes, poolAt, poolAt + randomBytes);
  poolAt += randomBytes;
  return `${prefixes[kind]}_${encode(bytes)}` as IdOf[K];
}

/** The id that these 16 bytes or more (of a keyed hash) always give: for idempotency keys and schedule slots. */
export function derivedId<K extends IdKind>(kind: K, hash: Uint8Array): IdOf[K] {
  return `${prefixes[kind]}_${encode(hash.subarray(0, 16)).slice(0, bodyLength)}` as IdOf[K];
}

/** `text` as an id of that kind, or undefined when it is none. */
export function readId<K extends IdKind>(kind: K, text: string): IdOf[K] | undefined {
  const match = pattern.exec(text);
  return match?.[1] === prefixes[kind] ? (text as IdOf[K]) : undefined;
}

/** `text` as an id of that kind; anything else throws `invalid_request`. Call it once, at the edge. */
export function parseId<K extends IdKind>(kind: K, text: string): IdOf[K] {
  const id = readId(kind, text);
  if (id) return id;
  throw new LongarmError(
    "invalid_request",
    `"${text.slice(0, 80)}" is no ${kind} id: expected ${prefixes[kind]}_ and 26 letters or digits.`,
  );
}
