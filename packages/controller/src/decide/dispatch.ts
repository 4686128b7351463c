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

/** From when on nothing of a call can begin or be under way anywhere, whatever became of its agent. */
export function settledAtOf({ notAfterMs, timeoutMs }: { readonly notAfterMs: number; readonly timeoutMs: number }): number {
  return notAfterMs + timeoutMs + clockDoubtMs;
}
