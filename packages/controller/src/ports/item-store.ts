import type { KeptPage, RunId } from "@longarm/shared";

/** A kept page and its place on the run's subject. */
export interface StoredPage {
  readonly page: KeptPage;
  readonly sequence: number;
}

/** The pages that a stream run kept for its caller. */
export interface ItemStore {
  /** The last kept page; undefined: none yet. With a signal it keeps trying while the broker is away. */
  last(run: RunId, signal?: AbortSignal): Promise<StoredPage | undefined>;
  /** Stores page and cursor together behind `after` (0: the first). `conflict`: another page stands there; read `last` again. */
  append(
    run: RunId,
    put: { readonly page: KeptPage; readonly after: number; readonly epoch: number },
    signal: AbortSignal,
  ): Promise<{ readonly kind: "stored"; readonly sequence: number } | { readonly kind: "conflict" }>;
  /** The pages from the first on, and those to come, until the signal is aborted or the consumer stops. */
  read(run: RunId, signal: AbortSignal): AsyncIterable<StoredPage>;
}
