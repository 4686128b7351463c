/** Time as the house sees it. Leases and timeouts use `monotonicMs`, records use `nowMs`. */
export interface Clock {
  /** Milliseconds since the epoch; may jump. */
  nowMs(): number;
  /** Milliseconds since some fixed point of this process; never goes back. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted first. Does not keep the process alive. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

// A timer set for longer fires at once.
const longestTimerMs = 2 ** 31 - 1;

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    let timer: NodeJS.Timeout;
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const arm = (leftMs: number): void => {
      const nowMs = Math.min(leftMs, longestTimerMs);
      timer = setTimeout(() => (leftMs > nowMs ? arm(leftMs - nowMs) : finish()), nowMs);
      timer.unref();
    };
    const finish = (): void => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    };
    arm(ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep,
};
