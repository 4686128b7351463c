import type { RecordKindName, RecordState } from "@longarm/shared";
import type { DefinitionStore } from "./connection-store.ts";

/** Which object a record is of. */
export interface RecordKey {
  readonly kind: RecordKindName;
  readonly connection: string;
  /** The target's own id: letters, digits, `_` and `-`. */
  readonly id: string;
}

/** A local copy of an object of a target. */
export interface KeptRecord extends RecordKey, RecordState {}

/** A record as it was stored. */
export interface RecordEvent {
  /** Of the kind's bucket. */
  readonly sequence: number;
  /** Unix milliseconds. */
  readonly timeMs: number;
  readonly record: KeptRecord;
}

/** What is to be kept, in view of what is kept; undefined: nothing else. Called again when somebody else was quicker. */
export type RecordChange = (kept: RecordState | undefined) => RecordState | undefined;

/** The records of every kind: the truth, of which the history is a view. Nothing is ever removed. */
export interface RecordStore {
  /** By compare and set; resolves to what was stored, or undefined where nothing else was to be kept. An object may have 512 KiB. */
  change(key: RecordKey, change: RecordChange): Promise<KeptRecord | undefined>;
  /** Undefined: none was ever kept. Throws `sealed_record_rejected`. */
  read(key: RecordKey): Promise<KeptRecord | undefined>;
  /** Every record of a connection as it stands, in no order. What does not open is left out. */
  scan(kind: RecordKindName, connection: string): AsyncIterable<KeptRecord>;
  /** What is stored behind a sequence, in order, in batches; of each record its last state at least. Ends with the signal. */
  follow(kind: RecordKindName, after: number, signal: AbortSignal): AsyncIterable<readonly RecordEvent[]>;
  /** What tells this bucket from one that was made anew, and the last sequence that it has given out. */
  identity(kind: RecordKindName): Promise<{ readonly name: string; readonly lastSequence: number }>;
}

/** How far the records of a kind and connection are complete. */
export interface RecordMark {
  /** What changed in the target up to then is kept: RFC 3339, by the target's clock. Null: nobody can tell. */
  readonly watermark: string | null;
  /** When the last listing of everything began, RFC 3339; null: there was none. */
  readonly sweptAt: string | null;
}

/** By `markName`. */
export type RecordMarks = DefinitionStore<RecordMark>;

/** Where the mark of a kind and connection stands. */
export function markName(kind: RecordKindName, connection: string): string {
  return `${kind}-${connection}`;
}

/** What is kept of the objects of targets. */
export interface Records {
  readonly store: RecordStore;
  readonly marks: RecordMarks;
}
