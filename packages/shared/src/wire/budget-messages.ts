/** What one controller knows of one bucket of a target. Whole milliseconds from the moment that it is told. */
export interface BucketWord {
  readonly name: string;
  /** Requests of its own that are not answered yet. */
  readonly pending: number;
  /** By the target's word; `reset` in Unix seconds by the target's clock. */
  readonly window: { readonly limit: number; readonly used: number; readonly reset: number; readonly leftMs: number } | null;
  /** 0: it may be asked. */
  readonly pausedForMs: number;
  /** Since an interactive run last asked; null: for long. */
  readonly interactiveAgoMs: number | null;
}

/** What one controller knows of one target. */
export interface TargetWord {
  /** Scheme, host and port. */
  readonly target: string;
  /** Requests of its own that are open. */
  readonly open: number;
  /** How far the target's limit on requests at once has pushed the places down; null: it has not. */
  readonly squeeze: { readonly places: number; readonly agoMs: number } | null;
  readonly buckets: readonly BucketWord[];
}
