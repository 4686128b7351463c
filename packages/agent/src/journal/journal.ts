import { hash } from "node:crypto";
import { LongarmError, type ControllerId } from "@longarm/shared";
import type { CallEnd, CallKey, JournalEntry, JournalState, SettledCall } from "@longarm/shared/wire";
import type { Disk } from "./disk.ts";
import { hexOf, type KnownCall, type KnownCalls, moved, type RetentionLimits } from "./known-calls.ts";
import { type JournalSeal, readEntry, Segment, segmentName } from "./segment.ts";

/** What a journal rests on. Time and chance are given. */
export interface JournalDeps {
  readonly disk: Disk;
  readonly seal: JournalSeal;
  /** A random id that no other journal has. */
  readonly newId: () => string;
  /** Unix milliseconds. */
  readonly nowMs: () => number;
  /** Told once, when nothing can be written any more. */
  readonly onFailure?: (reason: LongarmError) => void;
  readonly limits?: Partial<JournalLimits>;
}

/** How large a journal becomes. */
export interface JournalLimits extends RetentionLimits {
  /** The least length of a segment. */
  readonly segmentBytes: number;
  /** The longest body that is kept. */
  readonly bodyBytes: number;
  /** Beyond this, ends are kept without their bodies. */
  readonly heldBytes: number;
  /** Calls whose end nobody has stored: beyond this, no further ones are taken. */
  readonly openCalls: number;
}

const hourMs = 3_600_000;
/** What holds where nothing else is said. */
export const journalLimits: JournalLimits = {
  ...{ segmentBytes: 4 * 1024 * 1024, bodyBytes: 64 * 1024, heldBytes: 32 * 1024 * 1024 },
  ...{ openCalls: 20_000, settledCalls: 10_000, settledMs: 24 * hourMs, openMs: 7 * 24 * hourMs },
};

/** What was found when the journal was opened. */
export interface OpenedSegment {
  readonly id: string;
  readonly calls: KnownCalls;
  readonly segment: Segment;
  /** How many of its bytes hold ends that nobody needs any more. */
  readonly wasteBytes: number;
  /** What was damaged, in words; empty: nothing was. */
  readonly damage: readonly string[];
}

interface Waiting {
  readonly entry: JournalEntry;
  readonly written: PromiseWithResolvers<string> | undefined;
}

// What need not be on disk waits for something that must; but not without end.
const mostUnsynced = 1_000;

/*
 * open ──▶ failed     by a write or a sync that did not succeed; only a restart, which reads what is really there, leads out of it
 */

/** The calls that changed something, on disk: what was begun before it could leave, how it ended, and what will never be begun. */
export class Journal {
  readonly id: string;
  readonly damage: readonly string[];
  readonly #deps: JournalDeps;
  readonly #limits: JournalLimits;
  readonly #calls: KnownCalls;
  #segment: Segment;
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #wanted: "nothing" | "flush" | "renewal" = "nothing";
  #failure: LongarmError | undefined;
  #wasteBytes: number;

  /** See `openJournal`. */
  constructor(deps: JournalDeps, opened: OpenedSegment) {
    this.#deps = deps;
    this.#limits = { ...journalLimits, ...deps.limits };
    this.id = opened.id;
    this.damage = opened.damage;
    this.#calls = opened.calls;
    this.#segment = opened.segment;
    this.#wasteBytes = opened.wasteBytes;
  }

  /** Only an `open` one takes calls. */
  get state(): JournalState {
    if (this.#failure) return "failed";
    return this.#calls.openCount >= this.#limits.openCalls ? "full" : "open";
  }

  /** Of calls whose `notAfterMs` is not later than this, something may have been forgotten, whoever sent them. */
  get horizonMs(): number {
    return this.#calls.horizons.latestMs;
  }

  /** The same for the calls of one controller. */
  horizonOf(controller: ControllerId): number {
    return this.#calls.horizons.of(controller);
  }

  /** What the disk holds about a call. */
  find(key: CallKey): KnownCall | undefined {
    return this.#calls.find(key);
  }

  /**
   * Resolves once the entry is on disk, to the hash of its record, in hexadecimal digits: it depends on every record before. Rejects when
   * it cannot be.
   */
  write(entry: JournalEntry): Promise<string> {
    if (this.#failure) return Promise.reject(this.#failure);
    const written = Promise.withResolvers<string>();
    this.#waiting.push({ entry: this.#fitting(entry), written });
    this.#work();
    return written.promise;
  }

  /** Holds from now on, and reaches the disk along with something else: it may be forgotten by a crash. */
  note(entry: JournalEntry): void {
    if (this.#failure) return;
    const before = this.#calls.find(entry);
    if (before?.state === "ended") this.#wasteBytes += before.place?.bytes ?? 0;
    this.#calls.learn(entry);
    this.#waiting.push({ entry, written: undefined });
    if (this.#waiting.length > mostUnsynced) this.#work();
  }

  /** How the call ended, if the disk holds that. Rejects when it cannot be read. */
  async endOf(key: CallKey): Promise<CallEnd | undefined> {
    for (;;) {
      await this.#working;
      const { number } = this.#segment;
      const place = this.#calls.find(key)?.place;
      if (!place) return undefined;
      try {
        const { bytes } = await this.#deps.disk.read(segmentName(number));
        const entry = readEntry(bytes, { journalId: this.id, number, place }, this.#deps.seal);
        return entry.kind === "ended" ? entry.end : undefined;
      } catch (reason) {
        // It may have moved to another segment meanwhile.
        if (number === this.#segment.number) throw reason;
      }
    }
  }

  /** Forgets what is old, and takes what is delivered off the disk. Call it now and then. Resolves when that is done. */
  async tidy(): Promise<void> {
    if (this.#failure || (this.#wasteBytes === 0 && this.#waiting.length === 0)) return;
    this.#wanted = this.#wasteBytes > 0 ? "renewal" : "flush";
    this.#work();
    await this.#working;
  }

  /** Writes what waits, and closes the file. */
  async close(): Promise<void> {
    await this.#working;
    if (this.#waiting.length > 0 && !this.#failure) await this.#append(this.#waiting.splice(0));
    await this.#segment.close();
  }

  /** Without its body, where that is too long or too many are held. */
  #fitting(entry: JournalEntry): JournalEntry {
    if (entry.kind !== "ended" || entry.end.kind !== "response" || entry.end.body.kind !== "whole") return entry;
    const { bytes } = entry.end.body;
    if (bytes.length <= this.#limits.bodyBytes && this.#calls.heldBytes + bytes.length <= this.#limits.heldBytes) return entry;
    return { ...entry, end: { ...entry.end, body: { kind: "dropped", length: bytes.length, sha256: hash("sha256", bytes, "buffer") } } };
  }

  #work(): void {
    this.#working ??= this.#untilDone();
  }

  /** Everything that has come together meanwhile goes to the disk at once, and shares its sync. */
  async #untilDone(): Promise<void> {
    try {
      // What is asked for in the same turn belongs to the first batch already.
      await Promise.resolve();
      while (this.#wanted !== "nothing" || this.#waiting.length > mostUnsynced || this.#waiting.some(({ written }) => written)) {
        const wanted = this.#wanted;
        this.#wanted = "nothing";
        if (wanted === "renewal") await this.#renew();
        await this.#append(this.#waiting.splice(0));
      }
    } catch (reason) {
      this.#fail(reason);
    } finally {
      // In the same turn as the last look at what waits: nothing can slip in between.
      this.#working = undefined;
    }
  }

  async #append(batch: readonly Waiting[]): Promise<void> {
    try {
      if (batch.length === 0) return;
      const entries = batch.map(({ entry }) => entry);
      let frames = this.#segment.frame(entries);
      if (!frames) await this.#renew(entries);
      frames ??= this.#segment.frame(entries);
      if (!frames) throw new LongarmError("internal", "A segment of the journal was made too small.");
      await this.#segment.write(frames);
      for (const [index, { entry, written }] of batch.entries()) {
        // What was only noted is known already, and may have gone on from there.
        const place = frames.places[index];
        if (!written || !place) continue;
        this.#calls.learn(entry, place);
        written.resolve(hexOf(place.hash));
      }
      if (this.state === "full") this.#calls.forgetOld(this.#deps.nowMs(), true);
    } catch (reason) {
      this.#fail(reason);
      for (const { written } of batch) written?.reject(this.#failure);
    }
  }

  /** Moves what is worth keeping to a new segment, which takes the old one's place in one step. */
  async #renew(toCome: readonly JournalEntry[] = []): Promise<void> {
    const { disk, seal, nowMs } = this.#deps;
    this.#calls.forgetOld(nowMs());
    const old = this.#segment;
    const { entries, settled } = await this.#kept();
    this.#wasteBytes = 0;
    const { segmentBytes: leastBytes } = this.#limits;
    const place = { journalId: this.id, number: old.number + 1, follows: old.hash };
    const plan = { ...place, ...this.#calls.horizons.kept, entries, settled, toCome, leastBytes };
    const { segment, places } = await Segment.create(disk, seal, plan);
    this.#segment = segment;
    for (const [index, entry] of entries.entries()) this.#calls.learn(entry, places[index]);
    // One that stays behind has a lower number, and is removed when the journal is opened.
    await Promise.allSettled([old.close(), disk.remove(segmentName(old.number))]);
  }

  async #kept(): Promise<{ readonly entries: readonly JournalEntry[]; readonly settled: readonly SettledCall[] }> {
    const { number } = this.#segment;
    const { bytes } = await this.#deps.disk.read(segmentName(number));
    const entries = this.#calls.open().flatMap(({ entry, place }) => {
      if (entry) return [entry];
      return place ? [moved(readEntry(bytes, { journalId: this.id, number, place }, this.#deps.seal), place)] : [];
    });
    return { entries, settled: this.#calls.settled() };
  }

  #fail(reason: unknown): void {
    if (this.#failure) return;
    const why = reason instanceof Error ? reason.message : String(reason);
    this.#failure = new LongarmError("storage_full", `The agent's journal cannot be written: ${why}`, { cause: reason });
    for (const { written } of this.#waiting.splice(0)) written?.reject(this.#failure);
    this.#deps.onFailure?.(this.#failure);
  }
}
