import type { RunId } from "@longarm/shared";

/** A finished run and its end, in Unix milliseconds. */
export interface FinishedRun {
  readonly id: RunId;
  readonly endedAt: number;
}

/** What is to be swept, as a controller's own view of the run log tells it. */
export interface SweepList {
  /** Finished runs that ended before that time, oldest first, behind `after`. */
  finished(before: number, page: { readonly limit: number; readonly after?: FinishedRun }): readonly FinishedRun[];
  /** Removed runs whose rest may still be stored. */
  removed(limit: number): readonly RunId[];
  /** Nothing is stored of the run any more. */
  settle(run: RunId): void;
}
