/** `full` lists everything and marks what is gone; `incremental` asks for what has changed since the last run. */
export const syncModes = ["full", "incremental"] as const;
/** One of the two ways to sync. */
export type SyncMode = (typeof syncModes)[number];

/** A bulk job: which streams of a connection go to which sink, and how. */
export interface SyncDefinition {
  readonly name: string;
  readonly connection: string;
  /** Their order says nothing: what others hang on comes first. */
  readonly streams: readonly string[];
  readonly mode: SyncMode;
  /** The name of a sink in the controllers' configuration. */
  readonly sink: string;
  /** How far behind its watermark an incremental run looks once more, for what the target shows late. */
  readonly overlapMs: number;
  /** An incremental sync makes a whole sweep when the last one is this old, since only that finds every deletion; null: never. */
  readonly fullEveryMs: number | null;
  /** How many lists of one kind, such as the members of groups, are read at once. */
  readonly parallel: number;
  /** How many rows of each table the sweeps of one run may mark as deleted: a number, or a share such as `20%`. Absent: the engine's own. */
  readonly maxDeleted?: number | string;
}

/** A share as it is written: `20%`. */
export const sharePattern = "^(?:100|\\d{1,2}(?:\\.\\d{1,3})?)%$";

/** A listing to read: a stream of the spoke and its input. Nothing is looked up first. */
export interface SyncPageRequest {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Other listings are read for each page before the next one is asked for: no place is to be held for this one meanwhile. */
  readonly isApart?: true;
}

/** One page, as the target sent it. */
export interface SyncPage {
  readonly kind: "page";
  /** JSON values, unchanged. */
  readonly items: readonly unknown[];
  /** Where the next page begins, for a resume too; null: there is none. Of a log that is polled it is never null. */
  readonly cursor: string | null;
  /** The target's own clock when it answered, Unix milliseconds; absent: it did not tell. */
  readonly atMs?: number;
}

/** What comes of asking for a page. Each but a page is the last. */
export type SyncPageOutcome =
  | SyncPage
  /** The target does not know the cursor any more. */
  | { readonly kind: "cursor_refused" }
  /** The object that is listed under is not there. */
  | { readonly kind: "absent" };

/** Where a sync's pages come from: REST calls through the engine, with its budget and placement. */
export interface SyncPages {
  /**
   * The pages in order, from a cursor on (null: the first). Asking for the next one means that this one is done with. Leaving the loop ends the
   * reading. Throws LongarmError for whatever is no outcome, such as `permission_missing`.
   */
  read(request: SyncPageRequest, options: { readonly cursor: string | null; readonly signal: AbortSignal }): AsyncIterable<SyncPageOutcome>;
}

/** One run of a sync. */
export interface SyncJob {
  /** Carried out again when it is complete, it resolves to what it did and does nothing. */
  readonly runId: string;
  readonly sync: SyncDefinition;
  /** The base URL of the connection. A sink that holds a copy from another one is refused as a `conflict`. */
  readonly source: string;
  /** Somebody vouches that it is the org that was copied so far. */
  readonly isSameOrg: boolean;
  /** Higher than of any owner before; shuts those out of the sink. */
  readonly epoch: number;
  readonly pages: SyncPages;
  readonly signal: AbortSignal;
}

/** What carries data from streams to sinks. */
export interface SyncEngine {
  /** What can be synced, by the names that people use. */
  readonly streams: readonly string[];
  /** The configured sinks, by name. */
  readonly sinks: readonly string[];
  /** Resolves to what it did, as JSON, when all of it is committed. Throws what ends the run, or `sink_…` (retryable) where the sink could not take it. */
  run(job: SyncJob): Promise<unknown>;
}
