/** A target's word on its limit, as its answer's headers have it: seconds by the target's own clock; null where the answer has no date. */
export interface LimitWord {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  readonly date: number | null;
}

/** What a target has said of the window that a bucket is in. Milliseconds are of our own monotonic clock. */
export interface LimitWindow {
  readonly limit: number;
  /** Requests that it has counted, ours and everybody else's. */
  readonly used: number;
  /** Its end in Unix seconds by the target's clock: tells windows apart. */
  readonly reset: number;
  readonly endsMs: number;
}

// A target that computes the reset anew for each answer may be off by one.
const sameResetSeconds = 1;
// How long a window is taken to last on whose end has passed here and not there.
const overtimeMs = 1_000;

/** What one answer says; `nowMs` is when it came. Null where it says nothing of use, and for a limit on requests at once. */
export function readWindow(said: LimitWord | null, at: { readonly nowMs: number; readonly unixMs: number }): LimitWindow | null {
  if (!said || said.limit <= 0) return null;
  const { limit, remaining, reset, date } = said;
  const leftMs = Math.max(0, (date === null ? reset - at.unixMs / 1_000 : reset - date) * 1_000);
  return { limit, used: Math.max(0, limit - remaining), reset, endsMs: at.nowMs + leftMs };
}

/** Both words together: of one window the higher count and the earlier end, of two the later window. */
export function foldWindow(before: LimitWindow | null, said: LimitWindow, nowMs: number): LimitWindow {
  if (!before || said.reset > before.reset + sameResetSeconds) return said;
  if (said.reset < before.reset - sameResetSeconds) return before;
  const { limit } = said;
  const used = Math.max(before.used, said.used);
  // Each word rounds the time up by its own fraction of a second, so the least is the nearest.
  const endsMs = Math.min(before.endsMs, said.endsMs);
  const isOvertime = endsMs <= nowMs && said.used > before.used;
  return { limit, used, reset: Math.min(before.reset, said.reset), endsMs: isOvertime ? nowMs + overtimeMs : endsMs };
}

const assumedPauseMs = 60_000;

/** How long a bucket pauses that refused a request: until its window ends and `Retry-After` has passed, as far as the target named them. */
export function refusalPauseMs(windowLeftMs: number | null, retryAfterSeconds: number | null | undefined): number {
  const stated = [windowLeftMs, typeof retryAfterSeconds === "number" ? retryAfterSeconds * 1_000 : null].filter((ms) => ms !== null);
  return stated.length > 0 ? Math.max(...stated) : assumedPauseMs;
}
