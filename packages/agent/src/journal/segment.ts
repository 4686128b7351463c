import {
  decodeJournalEntry,
  decodeJournalHeader,
  encodeJournalEntry,
  encodeJournalHeader,
  type JournalEntry,
  type JournalHeader,
  type SettledCall,
} from "@longarm/shared/wire";
import { LongarmError } from "@longarm/shared";
import type { Disk, DiskFile } from "./disk.ts";
import { frameOverhead, noHash, readFrame, writeFrame } from "./frame.ts";

/** Seals what the journal writes, bound to its place, under a key that does not stand beside it in the same file. */
export interface JournalSeal {
  seal(plaintext: Uint8Array, place: readonly (string | number)[]): Uint8Array;
  /** Throws when it was changed, or does not stand in that place. */
  open(sealed: Uint8Array, place: readonly (string | number)[]): Uint8Array;
}

/** Where an entry stands in its segment. */
export interface Place {
  readonly at: number;
  readonly bytes: number;
  /** Of its frame: it depends on every one before it. */
  readonly hash: Uint8Array;
}

/** What a segment's file holds: all of it, or what stands before the first damage. */
export interface SegmentContent {
  readonly number: number;
  /** Absent: not even that can be read. */
  readonly header: JournalHeader | undefined;
  readonly entries: readonly { readonly entry: JournalEntry; readonly place: Place }[];
  /** Where the next frame goes, and the hash that it follows. */
  readonly end: number;
  readonly hash: Uint8Array;
  readonly damage: string | undefined;
}

const namePattern = /^journal-(\d{8})\.seg$/;
/** The ending of a segment that is being made. */
export const unfinished = ".new";
// What is kept is copied each time that a segment is full: the more room, the less often.
const growth = 4;
const granuleBytes = 64 * 1024;

/** A segment's file name. */
export function segmentName(number: number): string {
  return `journal-${String(number).padStart(8, "0")}.seg`;
}

/** The number in a segment's file name; undefined: it is none. */
export function segmentNumber(name: string): number | undefined {
  const number = namePattern.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

function placeOf(journalId: string, number: number, at: number): readonly (string | number)[] {
  return ["journal", journalId, number, at];
}

/** Reads a segment's file as far as it is sound. Never throws. */
export function readSegment(
  file: { readonly bytes: Uint8Array; readonly identity: string },
  number: number,
  seal: JournalSeal,
): SegmentContent {
  const entries: { entry: JournalEntry; place: Place }[] = [];
  let header: JournalHeader | undefined;
  let at = 0;
  let hash = noHash;
  let damage: string | undefined;
  while (damage === undefined) {
    const found = readFrame(file.bytes, at, hash);
    if (found.kind === "end") break;
    if (found.kind === "damaged") damage = found.why;
    else {
      try {
        const place = placeOf(header?.journalId ?? "", number, at);
        const plain = seal.open(found.payload, place);
        if (header) entries.push({ entry: decodeJournalEntry(plain), place: { at, bytes: found.end - at, hash: found.hash } });
        else header = decodeJournalHeader(plain);
        at = found.end;
        hash = found.hash;
      } catch (reason) {
        damage = `a record cannot be read (byte ${at}): ${LongarmError.from(reason).message}`;
      }
    }
  }
  return { number, header, entries, end: at, hash, damage: damage ?? faultOf(header, file) };
}

function faultOf(header: JournalHeader | undefined, file: { readonly bytes: Uint8Array; readonly identity: string }): string | undefined {
  if (!header) return "it has no head";
  if (header.capacityBytes !== file.bytes.length) return `it has ${file.bytes.length} bytes, and had ${header.capacityBytes}`;
  return header.file === file.identity ? undefined : "it is a copy, or was restored from one";
}

/** What a new segment begins with. */
export interface SegmentPlan {
  readonly journalId: string;
  readonly number: number;
  readonly horizonMs: JournalHeader["horizonMs"];
  readonly horizons: JournalHeader["horizons"];
  readonly entries: readonly JournalEntry[];
  /** Of these only the keys are kept, all in the head. */
  readonly settled: readonly SettledCall[];
  /** Hash of the last frame of the segment that it takes the place of. */
  readonly follows?: Uint8Array;
  /** For which there must be room behind them. */
  readonly toCome?: readonly JournalEntry[];
  /** How many bytes it has at least; it gets three times as much room again as it begins with. */
  readonly leastBytes: number;
}

// A seal adds less than this.
const mostSealBytes = 64;

function mostBytes(plain: readonly Uint8Array[]): number {
  return plain.reduce((sum, { length }) => sum + length + mostSealBytes + frameOverhead, 0);
}

/** The segment that is written to. Its file has its full length from the beginning: an append changes nothing but bytes. */
export class Segment {
  readonly number: number;
  readonly #file: DiskFile;
  readonly #seal: JournalSeal;
  readonly #header: Pick<JournalHeader, "journalId" | "capacityBytes">;
  #end: number;
  #hash: Uint8Array;

  constructor(
    file: DiskFile,
    seal: JournalSeal,
    content: Pick<SegmentContent, "number" | "end" | "hash"> & { readonly header: Pick<JournalHeader, "journalId" | "capacityBytes"> },
  ) {
    this.number = content.number;
    this.#file = file;
    this.#seal = seal;
    this.#header = content.header;
    this.#end = content.end;
    this.#hash = content.hash;
  }

  /** Makes a segment that is whole and on disk, under its name, when this resolves; before, there is none of that name. */
  static async create(
    disk: Disk,
    seal: JournalSeal,
    plan: SegmentPlan,
  ): Promise<{ readonly segment: Segment; readonly places: readonly Place[] }> {
    const { journalId, number, horizonMs, horizons, settled } = plan;
    const name = segmentName(number);
    const file = await disk.open(name + unfinished);
    const plain = plan.entries.map(encodeJournalEntry);
    const headOf = (capacityBytes: number): JournalHeader => ({
      journalId,
      number,
      capacityBytes,
      horizonMs,
      horizons,
      file: file.identity,
      settled,
      ...(plan.follows && { follows: plan.follows }),
    });
    const needed = mostBytes([encodeJournalHeader(headOf(Number.MAX_SAFE_INTEGER)), ...plain]);
    const room = mostBytes((plan.toCome ?? []).map(encodeJournalEntry));
    const capacityBytes = Math.ceil(Math.max(plan.leastBytes, growth * needed, needed + room) / granuleBytes) * granuleBytes;
    const header = headOf(capacityBytes);
    const segment = new Segment(file, seal, { number, header, end: 0, hash: noHash });
    const bytes = Buffer.alloc(capacityBytes);
    segment.#put(bytes, [{ plain: encodeJournalHeader(header), place: placeOf("", number, 0) }], 0);
    const places = segment.#put(
      bytes,
      plain.map((entry) => ({ plain: entry })),
      0,
    );
    await file.write(bytes, 0);
    await file.sync();
    await disk.rename(name + unfinished, name);
    await disk.sync();
    return { segment, places };
  }

  /** The frames of these entries, ready to be written; undefined: there is no room for them. */
  frame(entries: readonly JournalEntry[]): { readonly bytes: Buffer; readonly at: number; readonly places: readonly Place[] } | undefined {
    const plain = entries.map(encodeJournalEntry);
    const most = mostBytes(plain);
    const at = this.#end;
    if (at + most > this.#header.capacityBytes) return undefined;
    const bytes = Buffer.alloc(most);
    const places = this.#put(
      bytes,
      plain.map((entry) => ({ plain: entry })),
      at,
    );
    return { bytes: bytes.subarray(0, this.#end - at), at, places };
  }

  /** Writes frames; resolves once they are on disk. */
  async write({ bytes, at }: { readonly bytes: Uint8Array; readonly at: number }): Promise<void> {
    await this.#file.write(bytes, at);
    await this.#file.sync();
  }

  /** Hash of the last frame that was laid out. */
  get hash(): Uint8Array {
    return this.#hash;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Lays frames behind the last one into `target`, whose first byte is the file's byte `base`. */
  #put(
    target: Buffer,
    frames: readonly { readonly plain: Uint8Array; readonly place?: readonly (string | number)[] }[],
    base: number,
  ): Place[] {
    return frames.map(({ plain, place }) => {
      const at = this.#end;
      const payload = this.#seal.seal(plain, place ?? placeOf(this.#header.journalId, this.number, at));
      this.#hash = writeFrame(target, at - base, { payload, previous: this.#hash });
      this.#end = at + frameOverhead + payload.length;
      return { at, bytes: this.#end - at, hash: this.#hash };
    });
  }
}

/** The entry at a place of a segment's bytes. Throws when it cannot be read any more. */
export function readEntry(
  bytes: Uint8Array,
  at: { readonly journalId: string; readonly number: number; readonly place: Place },
  seal: JournalSeal,
): JournalEntry {
  const { journalId, number, place } = at;
  const payload = bytes.subarray(place.at + frameOverhead, place.at + place.bytes);
  return decodeJournalEntry(seal.open(payload, placeOf(journalId, number, place.at)));
}
