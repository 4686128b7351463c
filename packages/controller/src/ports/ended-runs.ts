import type { EndedRun, RunId } from "@longarm/shared";

/**
 * What is kept of runs that were removed. A removal has two steps, and whoever finds the first done may do the second:
 *
 *   kept ──▶ purged       from `kept` on the run cannot be read, claimed, appended to, or submitted again under its id
 */
export interface EndedRuns {
  /** Stores it for `keepMs`. False: the run was removed before, or nobody knows it. Throws `storage_full`, `broker_unavailable`. */
  keep(ended: EndedRun, keepMs: number): Promise<boolean>;
  get(run: RunId): Promise<EndedRun | undefined>;
  /** Deletes what else is stored of a run that was removed. Does nothing to any other run. Safe to repeat, and beside others. */
  purge(run: RunId): Promise<void>;
}
