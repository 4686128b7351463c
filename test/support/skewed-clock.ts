import type { Clock } from "@longarm/shared";

/** The clock of another machine: it goes as evenly as the given one, but shows a time that is `byMs` ahead, and counts from elsewhere. */
export function skewedClock(clock: Clock, byMs: number): Clock {
  return {
    nowMs: () => clock.nowMs() + byMs,
    monotonicMs: () => clock.monotonicMs() + 77_777_777,
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}
