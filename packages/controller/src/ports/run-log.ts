import type { EndedRun, LogEntry, RunId, Submission } from "@longarm/shared";

/** How far a run's log is known: what the next append is checked against. */
export interface LogPosition {
  /** Stream sequence of the log's last known record; 0: none yet. */
  readonly sequence: number;
  /** Of the last known record, or of the submission while the log is empty. */
  readonly hash: Uint8Array;
  /** 0 until somebody has claimed the run. */
  readonly epoch: number;
}

/** A record that has been opened. */
export interface StoredRecord {
  readonly position: LogPosition;
  readonly appendId: string;
  readonly timeMs: number;
  readonly entries: readonly LogEntry[];
}

/** A submission and where it stands. */
export interface StoredSubmission {
  readonly submission: Submission;
  /** Where the log begins. */
  readonly position: LogPosition;
}

export interface StoredRun extends StoredSubmission {
  /** In order. */
  readonly records: readonly StoredRecord[];
}

/** What an append came to. `appended`: as the record that bears that time. `commands`: others' commands came first; fold them in and append again at the new position. */
export type AppendResult =
  | { readonly kind: "appended"; readonly position: LogPosition; readonly timeMs: number }
  | { readonly kind: "commands"; readonly records: readonly StoredRecord[]; readonly position: LogPosition }
  | { readonly kind: "overtaken"; readonly epoch: number };

/** What storing a submission came to. `exists`: a run of this id was there before. `ended`: it was, and has been removed. */
export type SubmitResult =
  | { readonly kind: "stored" }
  | { readonly kind: "exists"; readonly submission: Submission }
  | { readonly kind: "ended"; readonly ended: EndedRun };

/** A submission, a record or a removal, in the order of the store. */
export type LogEvent =
  | { readonly kind: "submitted"; readonly sequence: number; readonly timeMs: number; readonly submission: Submission }
  | { readonly kind: "removed"; readonly sequence: number; readonly timeMs: number; readonly ended: EndedRun }
  | {
      readonly kind: "record";
      readonly sequence: number;
      readonly timeMs: number;
      readonly runId: RunId;
      readonly epoch: number;
      readonly entries: readonly LogEntry[];
    };

/** The truth about runs. A run's log is one subject; the position of an append decides who is right. */
export interface RunLog {
  /**
   * Resolves once stored and fsynced. What is known of the run already is found in a full store too, and where `mayStore` is false
   * (default true). Throws `storage_full` when it would have to be stored and cannot or may not, `broker_unavailable`.
   */
  submit(submission: Submission, options?: { readonly mayStore?: boolean }): Promise<SubmitResult>;
  /** The whole run from its store, never from a view; undefined also once it was removed. Throws `sealed_record_rejected` when a record does not open. */
  read(run: RunId): Promise<StoredRun | undefined>;
  /** Appends entries under `epoch` behind `at`; keeps trying while the broker is away until the signal is aborted. */
  append(
    run: RunId,
    append: { readonly at: LogPosition; readonly epoch: number; readonly entries: readonly LogEntry[] },
    signal: AbortSignal,
  ): Promise<AppendResult>;
  /** Everything behind `after`, in batches as they come. A record that does not open is left out and logged. */
  follow(after: number, signal: AbortSignal): AsyncIterable<readonly LogEvent[]>;
  /**
   * For how many milliseconds the record at a sequence has been stored, by the store's own clock at both ends, so that nobody else's
   * clock matters; undefined: nothing stands there. Throws `broker_unavailable`.
   */
  ageOf(sequence: number): Promise<number | undefined>;
  /** Which log this is, and how far it has come: a log that was made anew bears another name. */
  identity(): Promise<{ readonly name: string; readonly lastSequence: number }>;
}
