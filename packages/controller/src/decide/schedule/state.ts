import type { RunId, RunStatus } from "@longarm/shared";

/** What a slot does that comes while a run of the schedule is under way. */
export const overlapPolicies = ["skip", "buffer-one", "buffer-all", "cancel-other", "allow-all"] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];

/** What becomes of slots that nobody could start in time. */
export const catchUpPolicies = ["skip", "latest", "all"] as const;

export interface CatchUp {
  readonly policy: (typeof catchUpPolicies)[number];
  /** How many missed slots are made good at most under `all`; 1 to `mostCaughtUp`. */
  readonly count: number;
  /** Milliseconds; what was missed longer ago stays so. */
  readonly ageMs: number;
  /** Milliseconds that a slot may be late and is none of the missed. */
  readonly graceMs: number;
}

export const mostCaughtUp = 1_000;
/** How many slots may wait for a run's end, and how many a backfill may still have before it. */
export const mostBuffered = 1_000;

export interface SchedulePolicy {
  readonly overlap: OverlapPolicy;
  readonly catchUp: CatchUp;
  /** The schedule is paused when as many of its runs have failed in a row. */
  readonly pauseAfterFailures?: number;
}

/** A run that is to be, or is under way. Without a run id its submission is still to be seen: whoever finds it submits it. */
export interface Start {
  /** With the schedule's name what the run's id follows from: the slot, or the id of a trigger by hand. */
  readonly key: string;
  readonly slotMs: number;
  /** Who answers for the run. */
  readonly principal: string;
  readonly runId?: RunId;
  readonly isCancelling?: true;
}

export interface Pause {
  readonly by: string;
  readonly note: string;
  readonly atMs: number;
  /** Nobody asked for it: too many runs had failed. */
  readonly isAutomatic?: true;
}

/** What became of slots, since the schedule was made. */
export interface SlotCounts {
  readonly started: number;
  /** Left out because a run was under way, or the buffer was full. */
  readonly overlapped: number;
  /** Left out because no controller was there in time. */
  readonly missed: number;
  /** Left out because no agent was online in time. */
  readonly withoutAgent: number;
  /** Submissions that were refused. */
  readonly refused: number;
}

/**
 * All that is remembered of a schedule. A slot goes one way: due → (started | waiting | left out, counted), and by then `settledMs` is at
 * least the slot, in the same write; waiting → started, when no run is under way. The write names the revision that it follows, so one
 * controller decides of each slot; a start is submitted by whoever finds it without a run id, under an id that follows from its key.
 */
export interface ScheduleState {
  readonly schedule: string;
  /** Of each slot up to this one it is decided what becomes of it. Unix milliseconds. */
  readonly settledMs: number;
  /** The last slot that was found without an agent that could have carried its run. */
  readonly heldMs: number;
  readonly starts: readonly Start[];
  /** Slots that wait for a run's end. */
  readonly waiting: readonly number[];
  /** Slots of the past that somebody asked for. */
  readonly backfill: readonly number[];
  readonly failuresInRow: number;
  readonly paused: Pause | null;
  readonly counts: SlotCounts;
  readonly lastEnd?: { readonly runId?: RunId; readonly slotMs: number; readonly status: RunStatus | "refused"; readonly problem?: string };
}

/** The state of a schedule that counts from this instant on. */
export function newState(schedule: string, sinceMs: number): ScheduleState {
  const counts = { started: 0, overlapped: 0, missed: 0, withoutAgent: 0, refused: 0 };
  return {
    ...{ schedule, settledMs: sinceMs, heldMs: 0, starts: [], waiting: [], backfill: [] },
    ...{ failuresInRow: 0, paused: null, counts },
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
export function triggerNow(state: ScheduleState, start: Pick<Start, "key" | "slotMs" | "principal">): ScheduleState {
  if (state.starts.some(({ key }) => key === start.key)) return state;
  return { ...state, starts: [...state.starts, start], counts: { ...state.counts, started: state.counts.started + 1 } };
}
