import { isFinished, type RunStatus } from "@longarm/shared";

/** When the sweeper looks, and what it looks for. Milliseconds. */
export interface SweepPlan {
  /** Runs that ended before this time (Unix) are kept no longer. */
  readonly endedBefore: number;
  /** How long to pause after a look. */
  readonly pauseMs: number;
}

const longestPauseMs = 10 * 60_000;
const shortestPauseMs = 1_000;
// A run is removed at most this part of its time too late.
const share = 100;

/** With `nowMs` and how long finished runs are kept. `jitter` (0 to 1) sets the looks of several controllers apart. */
export function planSweep(keepRunsMs: number, at: { readonly nowMs: number; readonly jitter: number }): SweepPlan {
  const pauseMs = Math.min(Math.max(keepRunsMs / share, shortestPauseMs), longestPauseMs);
  return { endedBefore: at.nowMs - keepRunsMs, pauseMs: Math.round(pauseMs * (0.75 + at.jitter / 2)) };
}

/** May a run in this state be removed now? One that has not finished never, however old it is. */
export function isExpired(run: { readonly status: RunStatus; readonly endedAtMs: number | null }, plan: SweepPlan): boolean {
  return isFinished(run.status) && run.endedAtMs !== null && run.endedAtMs < plan.endedBefore;
}
