import { noCounts, type Pause, type RunId, type RunStatus, type SchedulePolicy, type ScheduleState, type Start } from "@longarm/shared";

/** The state of a schedule that counts from this instant on. */
export function newState(schedule: string, sinceMs: number): ScheduleState {
  return {
    ...{ schedule, settledMs: sinceMs, heldMs: 0, starts: [], waiting: [], backfill: [] },
    ...{ failuresInRow: 0, paused: null, counts: noCounts },
  };
}

/** How a start ended. */
export interface End {
  readonly key: string;
  readonly status: RunStatus | "refused";
  readonly problem?: string;
  readonly nowMs: number;
}

/** The state after a run has ended, paused where that was one failure too many. */
export function noteEnd(state: ScheduleState, policy: SchedulePolicy, { key, status, problem, nowMs }: End): ScheduleState {
  const start = state.starts.find((one) => one.key === key);
  if (!start) return state;
  const isFailure = status === "failed" || status === "outcome_unknown" || status === "refused";
  const failuresInRow = isFailure ? state.failuresInRow + 1 : status === "succeeded" ? 0 : state.failuresInRow;
  const { slotMs, runId } = start;
  const limit = policy.pauseAfterFailures ?? Number.POSITIVE_INFINITY;
  const last = runId ?? problem ?? "refused";
  const note = `${failuresInRow} run${failuresInRow === 1 ? "" : "s"} failed in a row, the last one: ${last}`;
  const isPaused = isFailure && state.paused === null && failuresInRow >= limit;
  return {
    ...state,
    starts: state.starts.filter((one) => one !== start),
    failuresInRow,
    counts: { ...state.counts, refused: state.counts.refused + (status === "refused" ? 1 : 0) },
    lastEnd: { slotMs, status, ...(runId && { runId }), ...(problem !== undefined && { problem }) },
    ...(isPaused && { paused: { by: "longarm", note, atMs: nowMs, isAutomatic: true } }),
  };
}

/** The state with the run that a start has become. */
export function noteRun(state: ScheduleState, key: string, runId: RunId): ScheduleState {
  return { ...state, starts: state.starts.map((start) => (start.key === key ? { ...start, runId } : start)) };
}

export function pause(state: ScheduleState, paused: Pause): ScheduleState {
  return { ...state, paused };
}

/** Slots of the pause, and those that waited, are left out. */
export function resume(state: ScheduleState, nowMs: number): ScheduleState {
  return { ...state, paused: null, failuresInRow: 0, waiting: [], settledMs: Math.max(state.settledMs, nowMs) };
}

/** The state with a run by hand, whatever else is under way. */
export function triggerNow(state: ScheduleState, start: Start): ScheduleState {
  if (state.starts.some(({ key }) => key === start.key)) return state;
  return { ...state, starts: [...state.starts, start], counts: { ...state.counts, started: state.counts.started + 1 } };
}
