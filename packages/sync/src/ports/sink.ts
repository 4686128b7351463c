import type { Row, RowFault, TableName } from "../decide/table.ts";

/** Who writes. Of two writers of one sync the one with the higher epoch is right. */
export interface WriterIdentity {
  /** The sync's name. A sink holds one sync. */
  readonly sync: string;
  /** Raised with every new owner of the sync; a whole number from 1. */
  readonly epoch: number;
}

/** Rows of a table that share the value of one of its key columns. */
export interface Scope {
  readonly column: string;
  readonly values: readonly string[];
}

/** One change of a batch. They hold in the order in which they stand. */
export type Change =
  /** Inserts rows, or replaces those with their keys; a row that was marked is so no more. */
  | { readonly kind: "upsert"; readonly table: TableName; readonly rows: readonly Row[] }
  /**
   * Marks as deleted the rows of an earlier generation, all or those in the scope, that are not marked yet. Nothing is erased.
   * `at` is RFC 3339; `by` tells whether a whole listing did not show them or the org's log said so.
   */
  | {
      readonly kind: "mark";
      readonly table: TableName;
      readonly scope: Scope | null;
      readonly at: string;
      readonly by: "sweep" | "log";
      /** How many rows at most; absent: any number. A sink that counts them takes nothing of a batch that would mark more. */
      readonly most?: number;
    }
  /** Keeps what could not be made a row. */
  | { readonly kind: "faults"; readonly faults: readonly RowFault[] };

/** What is committed at once: all of it and the checkpoint, or nothing. */
export interface Batch {
  readonly changes: readonly Change[];
  /** The sync's run, counted. Upserted rows bear it; rows that bear a lower one were not seen in this run. */
  readonly generation: number;
  /** When that run began, RFC 3339. A run that is resumed keeps it, so that it leaves what an undisturbed one would. */
  readonly at: string;
  /** How far the sync is behind this batch: a text that the sink keeps and does not read. */
  readonly checkpoint: string;
}

/** What a commit did. */
export interface CommitReport {
  readonly written: number;
  /** How many rows of which table were marked as deleted; null where the sink cannot count them. */
  readonly marked: Readonly<Partial<Record<TableName, number>>> | null;
  /** Rows that this sink could not take, beyond those of the batch. They are kept as faults, and the others are written. */
  readonly faults: readonly RowFault[];
}

/** A sink that is open for one writer. One call at a time. */
export interface SinkWriter {
  /** As last committed, by whomever; null: nothing yet. */
  readonly checkpoint: string | null;
  /**
   * Stores a batch with its checkpoint. The same batch twice leaves what it leaves once. Throws `overtaken` once a writer of a higher
   * epoch has opened the sink, `too_many_deletions` (details `{table}`), `sink_unavailable` (retryable), `sink_full` (retryable) or `sink_rejected`; then nothing of the batch
   * counts, and it may be committed again.
   */
  commit(batch: Batch): Promise<CommitReport>;
  /** How many rows of a table are not marked as deleted; null where the sink cannot count them. */
  countLive(table: TableName): Promise<number | null>;
  /** Lets go of the sink; what was committed stays. May be called twice. */
  close(): Promise<void>;
}

/** Where a sync writes to. */
export interface Sink {
  /**
   * Opens the sink and shuts out every writer of a lower epoch. Throws `overtaken` when a higher one has opened it, `conflict` when it
   * holds another sync, `invalid_state` when a newer version has made it, and as `commit` does.
   */
  open(writer: WriterIdentity): Promise<SinkWriter>;
}

/** Makes the sink that a sync of that name writes to: each sync has one of its own. */
export type SinkFor = (sync: string) => Sink;
