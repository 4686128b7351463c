import { type CallId, LongarmError } from "@longarm/shared";
import type { Disk } from "./disk.ts";
import { noHash, readFrame } from "./frame.ts";
import { hexOf } from "./known-calls.ts";
import { type JournalSeal, readSegment, type SegmentContent, segmentName, segmentNumber } from "./segment.ts";

/** The first record of a segment that does not stand as it was written. */
export interface JournalFault {
  /** From 1; the segment's head is the first. */
  readonly record: number;
  readonly byte: number;
  readonly message: string;
}

/** One segment of a journal, as far as it is sound. */
export interface SegmentReport {
  readonly name: string;
  readonly journalId: string | null;
  /** Sound ones, the head among them. */
  readonly records: number;
  /** Of the last sound record, in hexadecimal digits; null: there is none. */
  readonly latestHash: string | null;
  /** Of the last record of the segment that it took the place of; null: it was the first, or an older agent wrote it. */
  readonly follows: string | null;
  /** Is the file a copy, or was it put back from one? */
  readonly isCopy: boolean;
  readonly fault: JournalFault | null;
}

/**
 * Where a hash stands. `record`: it is a record's own. `moved`: it was the one of a call's end that stands in a later segment now.
 * `settled`: it was the one of a call's end that the journal keeps no more, and whose hash it does. `link`: the last one of the segment
 * before.
 */
export interface HashFinding {
  readonly kind: "record" | "moved" | "settled" | "link";
  readonly segment: string;
  /** The call whose end it stands for, or whose record it is; null: it is of none. */
  readonly callId: CallId | null;
  readonly attempt: number | null;
}

/** What a journal's files hold. */
export interface JournalReport {
  /** Of the newest segment. */
  readonly journalId: string | null;
  readonly latestHash: string | null;
  /** Newest first. There is one, but for moments. */
  readonly segments: readonly SegmentReport[];
  /** Unix milliseconds: of calls that might begin no later, nothing may be kept. 0: nothing was forgotten. */
  readonly forgottenUntilMs: number;
  /** Finds a hash, in hexadecimal digits; undefined: it does not stand in what is sound of it. */
  readonly find: (hash: string) => HashFinding | undefined;
}

interface ReadSegment {
  readonly content: SegmentContent;
  readonly bytes: Uint8Array;
  readonly isCopy: boolean;
}

// A journal that is written to meanwhile may be read in the middle of a record, or of a renewal.
const looks = 5;

/**
 * Reads the journal that stands on this disk, and changes nothing. An agent may write to it meanwhile: what looks damaged is looked at
 * again. `pause` resolves after a moment. Throws `invalid_usage` when there is no journal.
 */
export async function verifyJournal(
  disk: Pick<Disk, "list" | "read">,
  seal: JournalSeal,
  pause: () => Promise<void>,
): Promise<JournalReport> {
  for (let look = 1; ; look += 1) {
    const read = await readAll(disk, seal);
    const isSound = read !== undefined && read.every(({ content }) => content.damage === undefined);
    if (read && (isSound || look === looks)) return toReport(read);
    if (look === looks)
      throw new LongarmError("invalid_usage", "The journal's files are replaced faster than they can be read; try again.");
    await pause();
  }
}

/** Undefined: a file went while it was looked for. */
async function readAll(disk: Pick<Disk, "list" | "read">, seal: JournalSeal): Promise<readonly ReadSegment[] | undefined> {
  const numbers = (await disk.list()).map(segmentNumber).filter((number) => number !== undefined);
  if (numbers.length === 0) throw new LongarmError("invalid_usage", "No segment of a journal stands there.");
  const read: ReadSegment[] = [];
  for (const number of numbers.toSorted((a, b) => b - a)) {
    try {
      read.push(readOne(await disk.read(segmentName(number)), number, seal));
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== "ENOENT") throw reason;
      return undefined;
    }
  }
  return read;
}

/** To have been copied is no damage to who only reads: the agent alone must know. */
function readOne(file: { readonly bytes: Uint8Array; readonly identity: string }, number: number, seal: JournalSeal): ReadSegment {
  const { bytes, identity } = file;
  const content = readSegment(file, number, seal);
  const own = content.header?.file;
  if (own === undefined || own === identity) return { content, bytes, isCopy: false };
  return { content: readSegment({ bytes, identity: own }, number, seal), bytes, isCopy: true };
}

function toReport(read: readonly ReadSegment[]): JournalReport {
  const segments = read.map((one, index) => reportOf(one, read[index + 1]));
  const [{ journalId, latestHash } = { journalId: null, latestHash: null }] = segments;
  const horizons = read.flatMap(({ content: { header } }) => [
    header?.horizonMs ?? 0,
    ...(header?.horizons ?? []).map((one) => one.horizonMs),
  ]);
  const found = new Map<string, HashFinding>();
  for (const one of read) for (const [hash, finding] of findingsOf(one)) if (!found.has(hash)) found.set(hash, finding);
  return { journalId, latestHash, segments, forgottenUntilMs: Math.max(0, ...horizons), find: (hash) => found.get(hash) };
}

function reportOf({ content, isCopy }: ReadSegment, before: ReadSegment | undefined): SegmentReport {
  const { header, entries, number, end, hash, damage } = content;
  const records = entries.length + (header ? 1 : 0);
  const break_ = damage ?? linkFault(content, before?.content);
  const at = damage === undefined && break_ !== undefined ? { record: 1, byte: 0 } : { record: records + 1, byte: end };
  return {
    ...{ name: segmentName(number), journalId: header?.journalId ?? null, records, isCopy },
    latestHash: records === 0 ? null : hexOf(hash),
    follows: header?.follows ? hexOf(header.follows) : null,
    fault: break_ === undefined ? null : { ...at, message: break_ },
  };
}

/** What is left of the segment before must be what this one says to follow. */
function linkFault({ header, number }: SegmentContent, before: SegmentContent | undefined): string | undefined {
  if (!header?.follows || !before || before.damage !== undefined || before.number !== number - 1) return undefined;
  return hexOf(header.follows) === hexOf(before.hash) ? undefined : `it does not follow ${segmentName(before.number)}`;
}

function* findingsOf({ content, bytes }: ReadSegment): Generator<[string, HashFinding]> {
  const { header, entries, number } = content;
  const segment = segmentName(number);
  const ofNone = { segment, callId: null, attempt: null };
  const head = readFrame(bytes, 0, noHash);
  if (header && head.kind === "frame") yield [hexOf(head.hash), { kind: "record", ...ofNone }];
  for (const { entry, place } of entries) {
    const { callId, attempt } = entry;
    yield [hexOf(place.hash), { kind: "record", segment, callId, attempt }];
    if (entry.kind === "ended" && entry.endHash !== undefined) yield [entry.endHash, { kind: "moved", segment, callId, attempt }];
  }
  for (const { callId, attempt, endHash } of header?.settled ?? [])
    if (endHash !== undefined) yield [endHash, { kind: "settled", segment, callId, attempt }];
  if (header?.follows) yield [hexOf(header.follows), { kind: "link", ...ofNone }];
}
