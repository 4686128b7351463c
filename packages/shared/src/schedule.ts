import type { RunId } from "./ids.ts";
import type { RunStatus } from "./run.ts";

/** When a schedule recurs. Times of the day are `02:30` or `02:30:15`. */
export type Recurrence =
  | { readonly kind: "cron"; readonly cron: string }
  /** By absolute time, from `anchorMs` on in both directions. */
  | { readonly kind: "interval"; readonly everyMs: number; readonly anchorMs: number }
  | { readonly kind: "daily"; readonly at: readonly string[] }
  /** `mon` to `sun`. */
  | { readonly kind: "weekly"; readonly on: readonly string[]; readonly at: readonly string[] }
  /** Days that a month lacks are left out; `last` is the last day of each. */
  | { readonly kind: "monthly"; readonly on: readonly (number | "last")[]; readonly at: readonly string[] }
  /** `2026-12-01T10:00` or `2026-12-01T10:00:30`, by the wall clock. */
  | { readonly kind: "once"; readonly at: string };

/** A recurrence and what bounds it. */
export interface Timing {
  readonly recurrence: Recurrence;
  /** IANA name. */
  readonly timeZone: string;
  /** Unix milliseconds; the first instant that may be a slot, and the first one behind. */
  readonly startMs?: number;
  readonly endMs?: number;
  /** Days of the wall clock without a slot: `2026-12-24`, or `2026-12-24/2027-01-01` with both ends. */
  readonly exclude?: readonly string[];
  /** How much later than its slot a run may start, the same for each slot whenever it is asked; never as late as the next slot. */
  readonly jitterMs?: number;
}

/** What a slot does that comes while a run of the schedule is under way. */
export const overlapPolicies = ["skip", "buffer-one", "buffer-all", "cancel-other", "allow-all"] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];

/** What becomes of slots that nobody could start in time. */
export const catchUpPolicies = ["skip", "latest", "all"] as const;

/** Which missed slots are made good. */
export interface CatchUp {
  readonly policy: (typeof catchUpPolicies)[number];
  /** How many missed slots are made good at most under `all`; 1 to `mostCaughtUp`. */
  readonly count: number;
  /** Milliseconds; what was missed longer ago stays so. */
  readonly ageMs: number;
  /** Milliseconds that a slot may be late and is none of the missed. */
  readonly graceMs: number;
}

/** The highest `count` of a catch-up. */
export const mostCaughtUp = 1_000;
/** How many slots may wait for a run's end, and how many a backfill may still have before it. */
export const mostBuffered = 1_000;

/** What becomes of a schedule's slots. */
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

/** Why a schedule starts nothing. */
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

/** Of a schedule that was just made. */
export const noCounts: SlotCounts = { started: 0, overlapped: 0, missed: 0, withoutAgent: 0, refused: 0 };
