import { dispatchMs } from "@longarm/shared";

// An agent takes no changing call while it knows our clock less well than this.
const clockDoubtMs = 2_000;

/** Until when a call may begin, in Unix milliseconds, if its intent is written at this time. */
export function notAfterOf(nowMs: number): number {
  return nowMs + dispatchMs;
}

/** When the intent of a call was written that may begin until then. */
export function writtenAtOf(notAfterMs: number): number {
  return notAfterMs - dispatchMs;
}

/**
 * For how many milliseconds behind an intent something of its call may begin or be under way anywhere, whatever became of its executor.
 * Counted from the claim of the next owner it holds as well, on that owner's own clock: the intent was written before it.
 */
export function settledAfterMs(timeoutMs: number): number {
  return dispatchMs + timeoutMs + clockDoubtMs;
}
