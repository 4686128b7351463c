import { LongarmError, type Clock, type ErrorCode } from "@longarm/shared";

// A full store too: what belongs to an accepted run waits for space; only new runs are refused.
const passing: ReadonlySet<ErrorCode> = new Set(["broker_unavailable", "storage_full"]);
const retryMs = { least: 50, most: 2_000 };

/** Runs a request to the broker; whatever goes wrong with the broker itself becomes `broker_unavailable`. */
export async function askingBroker<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (reason) {
    if (reason instanceof LongarmError) throw reason;
    throw new LongarmError("broker_unavailable", undefined, { retryable: true, cause: reason });
  }
}

/** Tries again, ever more slowly, while the broker is away; until the signal is aborted. Anything else is thrown. */
export async function throughOutages<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let pauseMs = retryMs.least; ; pauseMs = Math.min(pauseMs * 2, retryMs.most)) {
    try {
      return await askingBroker(work);
    } catch (reason) {
      if (!(reason instanceof LongarmError) || !passing.has(reason.code)) throw reason;
    }
    await clock.sleep(pauseMs * (0.5 + Math.random() / 2), signal);
  }
}
