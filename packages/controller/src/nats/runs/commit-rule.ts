/** What waits to be published and what is on its way. */
export interface CommitLoad {
  /** Messages that could go now: no other of their subject is on its way. */
  readonly waiting: number;
  readonly singles: number;
  readonly batches: number;
}

/** Where publishing singly ends and batches begin. */
export interface CommitLimits {
  /** So many must wait before a batch, with its fixed cost of several milliseconds, pays. */
  readonly batchFrom: number;
  readonly batchMost: number;
  readonly batchesAtOnce: number;
  readonly singlesAtOnce: number;
}

/** As measured: docs/adr/0016-runs-share-an-fsync.md. The broker takes up to 1,000 messages a batch. */
export const measuredLimits: CommitLimits = { batchFrom: 16, batchMost: 512, batchesAtOnce: 1, singlesAtOnce: 8 };

/** What to publish next; `wait`: until something that is on its way has ended, which it always does. */
export type NextCommit = { readonly kind: "wait" } | { readonly kind: "single" } | { readonly kind: "batch"; readonly count: number };

/**
 * The rule of the group commit: what comes alone goes at once; what comes while others are on their way waits for them, and
 * goes together when enough have gathered. Nothing ever waits for time to pass.
 */
export function nextCommit(load: CommitLoad, limits: CommitLimits): NextCommit {
  const { waiting, singles, batches } = load;
  if (waiting === 0) return { kind: "wait" };
  if (waiting >= limits.batchFrom) {
    return batches < limits.batchesAtOnce ? { kind: "batch", count: Math.min(waiting, limits.batchMost) } : { kind: "wait" };
  }
  // A single publish costs an fsync of its own: while a batch is on its way, more gather for the next one.
  return batches === 0 && singles < limits.singlesAtOnce ? { kind: "single" } : { kind: "wait" };
}
