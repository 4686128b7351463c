import type { ControllerId } from "@longarm/shared";
import type { CallKey, JournalEntry, SettledCall } from "@longarm/shared/wire";
import { Horizons, type KeptHorizons } from "./horizons.ts";
import type { Place } from "./segment.ts";

/*
 *   (none) ──▶ refused                     not begun, and never will be
 *      └─────▶ begun ──▶ ended ──▶ delivered     the end is kept until a controller has stored it
 *
 * The order of a call's records on the disk says nothing: the state that is furthest to the right holds.
 */
const ranks = { refused: 0, begun: 1, ended: 2, delivered: 3 } as const;

/** What is known of one call. Of an end only its place is held in memory. */
export interface KnownCall extends CallKey {
  readonly notAfterMs: number;
  /** Who sent the call; undefined: not known. */
  readonly controllerId: ControllerId | undefined;
  readonly state: JournalEntry["kind"];
  /** Undefined for an end. */
  readonly entry: JournalEntry | undefined;
  readonly place: Place | undefined;
  /** Hash of the record of how it ended, when that was written first; in hexadecimal digits. */
  readonly endHash: string | undefined;
}

/** How much is kept, and for how long. */
export interface RetentionLimits {
  /** Calls that are refused or delivered. */
  readonly settledCalls: number;
  /** How long after its latest beginning a settled call is kept, in milliseconds. */
  readonly settledMs: number;
  /** The same for a call whose end nobody has stored. */
  readonly openMs: number;
}

// Among so many of the oldest the one goes whose time is over first: what a clock that was wrong dated far ahead would close the gate.
const choice = 32;

function keyOf({ callId, attempt }: CallKey): string {
  return `${callId}/${attempt}`;
}

/** The hash that was told of an end: of the record that said so first. */
function endHashOf({ endHash }: { readonly endHash?: string }, { hash }: Place): string {
  return endHash ?? hexOf(hash);
}

/** An entry as it goes on in another segment: an end keeps the hash that was told of it. */
export function moved(entry: JournalEntry, place: Place): JournalEntry {
  return entry.kind === "ended" ? { ...entry, endHash: endHashOf(entry, place) } : entry;
}

/** A hash as it is told. */
export function hexOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString("hex");
}

function isSettled({ state }: KnownCall): boolean {
  return state === "delivered" || state === "refused";
}

/** The calls that the journal knows, as its records say. Those forgotten lie behind the horizon. */
export class KnownCalls {
  readonly #calls = new Map<string, KnownCall>();
  readonly #limits: RetentionLimits;
  #settled = 0;
  #heldBytes = 0;
  readonly horizons: Horizons;

  constructor(limits: RetentionLimits, kept: readonly KeptHorizons[] = []) {
    this.#limits = limits;
    this.horizons = new Horizons(kept);
  }

  /** Calls that were begun, and whose end nobody has stored. */
  get openCount(): number {
    return this.#calls.size - this.#settled;
  }

  /** How many bytes ends take up that nobody has stored. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  find(key: CallKey): KnownCall | undefined {
    return this.#calls.get(keyOf(key));
  }

  /** Those that are not settled. */
  open(): readonly KnownCall[] {
    return [...this.#calls.values()].filter((call) => !isSettled(call));
  }

  settled(): readonly SettledCall[] {
    const settled = [...this.#calls.values()].filter(isSettled);
    return settled.map(({ callId, attempt, notAfterMs, controllerId, state, endHash }) => {
      const sender = controllerId === undefined ? {} : { controllerId };
      return { callId, attempt, notAfterMs, ...sender, isRefused: state === "refused", ...(endHash !== undefined && { endHash }) };
    });
  }

  /** Takes in what a segment's head says. */
  learnSettled(calls: readonly SettledCall[]): void {
    for (const { isRefused, endHash, ...key } of calls)
      this.#learn(isRefused ? { kind: "refused", ...key, reason: "" } : { kind: "delivered", ...key }, { endHash });
  }

  /** Takes in what a record says. `place`: where it stands, needed for ends. */
  learn(entry: JournalEntry, place?: Place): void {
    this.#learn(entry, { place, endHash: entry.kind === "ended" && place ? endHashOf(entry, place) : undefined });
  }

  #learn(entry: JournalEntry, { place, endHash }: { readonly place?: Place | undefined; readonly endHash: string | undefined }): void {
    const key = keyOf(entry);
    const before = this.#calls.get(key);
    if (before && ranks[entry.kind] < ranks[before.state]) return;
    const { callId, attempt, notAfterMs, kind } = entry;
    const isEnd = kind === "ended";
    const controllerId = entry.controllerId ?? before?.controllerId;
    const call = { callId, attempt, notAfterMs, controllerId, state: kind, endHash: endHash ?? before?.endHash };
    this.#drop(key);
    this.#add(key, { ...call, entry: isEnd ? undefined : entry, place: isEnd ? place : undefined });
    if (this.#settled > this.#limits.settledCalls) this.#forgetOldest();
  }

  /** Forgets what is older than is kept; where room is short, open calls like settled ones. `nowMs` is in Unix milliseconds. */
  forgetOld(nowMs: number, isRoomShort = false): void {
    for (const [key, call] of this.#calls) {
      const keptMs = isSettled(call) || isRoomShort ? this.#limits.settledMs : this.#limits.openMs;
      if (call.notAfterMs + keptMs < nowMs) this.#forget(key, call);
    }
  }

  #forgetOldest(): void {
    const oldest: [string, KnownCall][] = [];
    for (const one of this.#calls) {
      if (isSettled(one[1])) oldest.push(one);
      if (oldest.length === choice) break;
    }
    const [first] = oldest.toSorted(([, one], [, other]) => one.notAfterMs - other.notAfterMs);
    if (first) this.#forget(...first);
  }

  #forget(key: string, call: KnownCall): void {
    this.#drop(key);
    this.horizons.forgot(call);
  }

  #add(key: string, call: KnownCall): void {
    this.#calls.set(key, call);
    if (isSettled(call)) this.#settled += 1;
    this.#heldBytes += call.place?.bytes ?? 0;
  }

  #drop(key: string): void {
    const call = this.#calls.get(key);
    if (!call) return;
    this.#calls.delete(key);
    if (isSettled(call)) this.#settled -= 1;
    this.#heldBytes -= call.place?.bytes ?? 0;
  }
}
