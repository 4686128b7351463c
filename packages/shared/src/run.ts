/*
 * The states of a run and their only legal transitions:
 *
 *   queued ──▶ running ──▶ succeeded | failed | cancelled | outcome_unknown
 *     │        ▲     │
 *     │        │     ▼
 *     │       waiting            parked until a named reason ends, or until a time
 *     └──▶ cancelled | failed    before anybody carried it
 *
 *   outcome_unknown ──▶ succeeded | failed       when somebody resolves it
 */

/** Every status, in the order of a run's life. */
export const runStatuses = ["queued", "running", "waiting", "succeeded", "failed", "cancelled", "outcome_unknown"] as const;
/** Where a run stands. */
export type RunStatus = (typeof runStatuses)[number];

/** Who goes first, first to last. */
export const lanes = ["interactive", "standard", "bulk"] as const;
/** The lane that a run waits in. */
export type Lane = (typeof lanes)[number];

const next: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ["running", "waiting", "cancelled", "failed"],
  running: ["waiting", "succeeded", "failed", "cancelled", "outcome_unknown"],
  waiting: ["running", "succeeded", "failed", "cancelled", "outcome_unknown"],
  succeeded: [],
  failed: [],
  cancelled: [],
  outcome_unknown: ["succeeded", "failed"],
};

/** May a run go from one status to the other? Staying is allowed while it is not finished. */
export function isLegalTransition(from: RunStatus, to: RunStatus): boolean {
  return from === to ? !isFinished(from) : next[from].includes(to);
}

/** Will the run never be carried again, unless somebody resolves it? */
export function isFinished(status: RunStatus): boolean {
  return status === "succeeded" || status === "failed" || status === "cancelled" || status === "outcome_unknown";
}
