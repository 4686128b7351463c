import { LongarmError, type Clock } from "@longarm/shared";
import { abortReason } from "./abort-reason.ts";

interface Patience {
  readonly clock: Clock;
  /** Ends the wait; what it was aborted for is thrown. */
  readonly signal: AbortSignal;
}

const againAfterMs = 250;

/**
 * Reads what an accepted run needs to go on. While the broker is away the run waits for it, however long: it is no fault of the run's.
 * Any other fault is thrown.
 */
export async function patiently<T>({ clock, signal }: Patience, read: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (reason) {
      if (LongarmError.from(reason).code !== "broker_unavailable") throw reason;
    }
    await clock.sleep(againAfterMs, signal).catch(() => {
      throw abortReason(signal);
    });
  }
}
