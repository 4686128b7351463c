/** A listing to read: an action of the spoke and its input. */
export interface PageRequest {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One page, as the target sent it. */
export interface Page {
  readonly kind: "page";
  /** JSON values, unchanged. */
  readonly items: readonly unknown[];
  /** Where the next page begins, for a resume too; null: there is none. Of a log that is polled it is never null. */
  readonly cursor: string | null;
  /** The target's own clock when it answered, Unix milliseconds; absent: it did not tell. */
  readonly atMs?: number;
}

/** What comes of asking for a page. Each but a page is the last. */
export type PageOutcome =
  | Page
  /** The target does not know the cursor any more. */
  | { readonly kind: "cursor_refused" }
  /** The object that is listed under is not there. */
  | { readonly kind: "absent" };

/** Where a sync's pages come from: REST calls through the engine, with its budget and placement. */
export interface Pages {
  /**
   * The pages in order, from a cursor on (null: the first). Asking for the next one means that this one is done with. Leaving the loop ends the
   * reading. Throws LongarmError for whatever is no outcome, such as `permission_missing`.
   */
  read(request: PageRequest, options: { readonly cursor: string | null; readonly signal: AbortSignal }): AsyncIterable<PageOutcome>;
}
