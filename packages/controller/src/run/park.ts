import { abortReason, type Carriage } from "./carriage.ts";

interface Wait {
  readonly reason: string;
  readonly sentence: string;
  readonly sinceMs: number;
  /** How long this wait may last; null: until something changes. */
  readonly forMs: number | null;
  readonly ordinal: number;
  readonly stage: number;
  /** Would a slot that has become free serve this run? */
  readonly fits: () => boolean;
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
  if (await changed(carriage, wait.fits, Math.min(unrecordedWaitMs, wait.forMs ?? unrecordedWaitMs))) return;
  const leftMs = wait.forMs === null ? null : wait.forMs - (clock.monotonicMs() - startedMs);
  if (leftMs !== null && leftMs <= 0) return;
  const untilMs = leftMs === null ? null : clock.nowMs() + leftMs;
  const { reason, sentence, sinceMs, ordinal, stage } = wait;
  // What changes while the record is on its way must not be missed: there may be no other change to wait for.
  let hasChanged = false;
  const stopListening = listen(carriage, wait.fits, () => (hasChanged = true));
  const entry = { kind: "parked", reason, sentence, sinceMs, untilMs, ordinal, stage } as const;
  await carriage.writer.write([entry]).finally(stopListening);
  slots.release(lane);
  try {
    if (!hasChanged) await changed(carriage, wait.fits, leftMs);
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

/** Calls `onChange` when an agent's change could help, or a slot is free that `fits`. Returns the way to stop that. */
function listen(carriage: Carriage, fits: () => boolean, onChange: () => void): () => void {
  const { directory, selection } = carriage.deps;
  const stopListening = directory.onChange(onChange);
  const stopOffers = selection.onFree(() => {
    if (!fits()) return false;
    onChange();
    return true;
  });
  return () => {
    stopListening();
    stopOffers();
  };
}

/** Resolves to true when something changed that could help, to false when `forMs` passed first. */
async function changed(carriage: Carriage, fits: () => boolean, forMs: number | null): Promise<boolean> {
  const { clock } = carriage.deps;
  const ended = new AbortController();
  const signal = AbortSignal.any([carriage.signal, ended.signal]);
  return new Promise<boolean>((resolve, reject) => {
    const stopListening = listen(carriage, fits, () => settle(() => resolve(true)));
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
