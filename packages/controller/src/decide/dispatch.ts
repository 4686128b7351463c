import { dispatchMs } from "@longarm/shared";

// An agent takes no changing call while it knows our clock less well than this; a request is longer on its way only in the window that stays.
const clockDoubtMs = 2_000;

/** Until when a call may begin, in Unix milliseconds, if its intent is written at this time. */
export function notAfterOf(nowMs: number): number {
  return nowMs + dispatchMs;
}

/**
 * Until when a target may be at work on a request that left by then at the latest, whatever became of its connection: for as long as a
 * client would have waited for it, and the moment that it may be on its way.
 */
export function targetIsDoneAtMs(leftByMs: number, timeoutMs: number): number {
  return leftByMs + timeoutMs + clockDoubtMs;
}

/** Until when the first byte of a call may have left whose executor was last heard of now: none begins one later than it may. */
export function leftByMs(intendedMs: number, nowMs: number): number {
  return Math.min(nowMs, intendedMs + dispatchMs);
}

/**
 * For how many milliseconds behind an intent something of its call may begin or be under way anywhere, whatever became of its executor.
 * Counted from the claim of the next owner it holds as well, on that owner's own clock: the intent was written before it.
 */
export function settledAfterMs(timeoutMs: number): number {
  return dispatchMs + timeoutMs + clockDoubtMs;
}
