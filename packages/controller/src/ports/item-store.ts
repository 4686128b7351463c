import type { KeptPage, RunId } from "@longarm/shared";

/** A kept page and its place on the run's subject. */
export interface StoredPage {
  readonly page: KeptPage;
  readonly sequence: number;
}

/** How far a stream run has come. */
export interface ItemsEnd {
  /** The last kept page, without its items; undefined: none is kept yet. */
  readonly page: Omit<KeptPage, "items"> | undefined;
  /** What the next page goes behind: the last page, or a fence behind it. */
  readonly sequence: number;
}

/** The pages that a stream run kept for its caller. */
export interface ItemStore {
  /** Where the pages end; undefined: there is nothing yet. With a signal it keeps trying while the broker is away. */
  last(run: RunId, signal?: AbortSignal): Promise<ItemsEnd | undefined>;
  /** Stores page and cursor together behind `after` (0: the first). `conflict`: something of that epoch stands there; read `last` again. */
  append(
    run: RunId,
    put: { readonly page: KeptPage; readonly after: number; readonly epoch: number },
    signal: AbortSignal,
  ): Promise<{ readonly kind: "stored"; readonly sequence: number } | { readonly kind: "conflict"; readonly epoch: number }>;
  /** Once this resolves no owner of a lower epoch appends any more. Readers see nothing of it. May be repeated. */
  fence(run: RunId, epoch: number, signal: AbortSignal): Promise<void>;
  /** The pages from the first on, and those to come, until the signal is aborted or the consumer stops. */
  read(run: RunId, signal: AbortSignal): AsyncIterable<StoredPage>;
}
