import { abortReason, type Carriage } from "./carriage.ts";

interface Wait {
  readonly reason: string;
  readonly sentence: string;
  readonly sinceMs: number;
  /** How long this wait may last; null: until something changes. */
  readonly forMs: number | null;
  readonly ordinal: number;
  readonly stage: number;
}

// A wait this short is the ordinary jostle for slots: it is not worth a record.
const unrecordedWaitMs = 100;
const pauseWorthRecordingMs = 1_000;

/**
 * Waits until an agent's change could help, or the time is over. A wait of some length is written down with its reason, and the
 * run gives its lane's slot back meanwhile. Throws the reason the run was ended for.
 */
export async function park(carriage: Carriage, wait: Wait): Promise<void> {
  const { clock, slots } = carriage.deps;
  const lane = carriage.submission.lane;
  const startedMs = clock.monotonicMs();
  if (await changed(carriage, Math.min(unrecordedWaitMs, wait.forMs ?? unrecordedWaitMs))) return;
  const leftMs = wait.forMs === null ? null : wait.forMs - (clock.monotonicMs() - startedMs);
  if (leftMs !== null && leftMs <= 0) return;
  const untilMs = leftMs === null ? null : clock.nowMs() + leftMs;
  const { reason, sentence, sinceMs, ordinal, stage } = wait;
  await carriage.writer.write([{ kind: "parked", reason, sentence, sinceMs, untilMs, ordinal, stage }]);
  slots.release(lane);
  try {
    await changed(carriage, leftMs);
  } finally {
    slots.take(lane);
  }
  carriage.writer.defer({ kind: "resumed" });
}

/** Waits out a pause between two attempts, written down when it is long. */
export async function pause(
  carriage: Carriage,
  wait: { readonly reason: string; readonly sentence: string; readonly forMs: number; readonly ordinal: number },
): Promise<void> {
  const { clock, slots } = carriage.deps;
  const lane = carriage.submission.lane;
  const recorded = wait.forMs > pauseWorthRecordingMs;
  const sinceMs = clock.nowMs();
  if (recorded) {
    const { forMs, ...rest } = wait;
    await carriage.writer.write([{ kind: "parked", ...rest, sinceMs, untilMs: sinceMs + forMs, stage: 0 }]);
    slots.release(lane);
  }
  try {
    await clock.sleep(wait.forMs, carriage.signal).catch(() => {
      throw abortReason(carriage.signal);
    });
  } finally {
    if (recorded) slots.take(lane);
  }
  if (recorded) carriage.writer.defer({ kind: "resumed" });
}

/** Resolves to true when the directory changed, to false when `forMs` passed first. */
async function changed(carriage: Carriage, forMs: number | null): Promise<boolean> {
  const { directory, clock } = carriage.deps;
  const ended = new AbortController();
  const signal = AbortSignal.any([carriage.signal, ended.signal]);
  return new Promise<boolean>((resolve, reject) => {
    const stopListening = directory.onChange(() => settle(() => resolve(true)));
    const settle = (answer: () => void): void => {
      stopListening();
      carriage.signal.removeEventListener("abort", onAbort);
      ended.abort();
      answer();
    };
    const onAbort = (): void => settle(() => reject(abortReason(carriage.signal)));
    carriage.signal.addEventListener("abort", onAbort, { once: true });
    if (carriage.signal.aborted) return onAbort();
    if (forMs !== null)
      clock.sleep(forMs, signal).then(
        () => settle(() => resolve(false)),
        () => undefined,
      );
  });
}
