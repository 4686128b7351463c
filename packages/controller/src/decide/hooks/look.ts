import type { Gap, HookState, OpenLook } from "@longarm/shared";

/*
 * A look for events that never came: begun by whoever writes it into the hook's state first, carried by that controller, which says every
 * few seconds that it is there; after some silence another one goes on with it, by the same runs. Its end is written over its own number
 * alone: who was overtaken writes nothing.
 */

/** What there is to know of a hook for its next look. */
export interface LookRule {
  readonly everyMs: number | null;
  readonly madeAtMs: number;
}

/** Who looks, and when it is. */
export interface Looker {
  readonly by: string;
  readonly nowMs: number;
}

/** An org writes some events into its log late, and clocks differ: so much is read again each time. */
export const overlapMs = 600_000;
/** What happened a moment ago may be on its way still. */
export const longestSettleMs = 60_000;
/** After so long a silence somebody else goes on. */
export const lostAfterMs = 20_000;

/** The state with the look that is to be carried now, or undefined: none is. */
export function claimLook({ everyMs, madeAtMs }: LookRule, state: HookState, { by, nowMs }: Looker): HookState | undefined {
  if (everyMs === null) return undefined;
  const { open, lastLook, looks, reconciledMs } = state;
  if (open) return nowMs - open.seenAtMs < lostAfterMs ? undefined : { ...state, open: { ...open, by, seenAtMs: nowMs } };
  if (nowMs < (lastLook?.atMs ?? madeAtMs) + everyMs) return undefined;
  const sinceMs = Math.max(madeAtMs, reconciledMs - overlapMs);
  const untilMs = nowMs - Math.min(longestSettleMs, everyMs);
  if (untilMs <= sinceMs) return undefined;
  return { ...state, looks: looks + 1, open: { number: looks + 1, sinceMs, untilMs, by, seenAtMs: nowMs } };
}

function isCarried({ open }: HookState, { number }: OpenLook, by: string): boolean {
  return open?.number === number && open.by === by;
}

/** The state in which the look is carried still; undefined: somebody else has it. `nowMs` 0 gives it up. */
export function renewLook(state: HookState, look: OpenLook, { by, nowMs }: Looker): HookState | undefined {
  return isCarried(state, look, by) && state.open ? { ...state, open: { ...state.open, seenAtMs: nowMs } } : undefined;
}

/** How a look ended: all of its time was read and so many were missing, or it could not be. */
export type LookEnd = { readonly missed: number; readonly note: string | null } | { readonly problem: string };

/** The state after a look; undefined: somebody else has it. What could not be read is part of the next one. */
export function endLook(state: HookState, look: OpenLook, { by, nowMs, end }: Looker & { readonly end: LookEnd }): HookState | undefined {
  if (!isCarried(state, look, by)) return undefined;
  const closed = { ...state, open: null };
  if ("problem" in end) return { ...closed, lastLook: { atMs: nowMs, problem: end.problem } };
  const { sinceMs, untilMs } = look;
  const gap: Gap | null = end.missed > 0 ? { missed: end.missed, atMs: nowMs, sinceMs, untilMs } : state.lastGap;
  const reconciledMs = Math.max(state.reconciledMs, untilMs);
  return { ...closed, reconciledMs, lastGap: gap, lastLook: { atMs: nowMs, problem: end.note } };
}
