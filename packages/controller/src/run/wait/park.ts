import type { Parked } from "@longarm/shared";
import { waitRecord } from "../../decide/wait-record.ts";
import { abortReason } from "./abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import { storedAt } from "./stored-at.ts";

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
  /** The same for all that such a slot serves alike. */
  readonly group: string;
}

// A wait this short is the ordinary jostle for slots: it is not worth a record.
const unrecordedWaitMs = 100;
const pauseWorthRecordingMs = 1_000;
// A pause that another controller began goes on to its end; any other wait begins again by what holds now.
const pauses: ReadonlySet<string> = new Set(["retry", "rate_limited"]);

/**
 * Waits until an agent's change could help, or the time is over. A wait of some length is written down with its reason, and the
 * run gives its lane's slot back meanwhile. Throws the reason the run was ended for.
 */
export async function park(carriage: Carriage, wait: Wait): Promise<void> {
  const { clock, slots } = carriage.deps;
  const lane = carriage.submission.lane;
  const startedMs = clock.monotonicMs();
  const isKnown = isInLog(carriage, wait);
  if (!isKnown && (await changed(carriage, wait, Math.min(unrecordedWaitMs, wait.forMs ?? unrecordedWaitMs)))) return;
  const leftMs = wait.forMs === null ? null : wait.forMs - (clock.monotonicMs() - startedMs);
  if (leftMs !== null && leftMs <= 0) return;
  const untilMs = leftMs === null ? null : clock.nowMs() + leftMs;
  const { reason, sentence, sinceMs, ordinal, stage } = wait;
  // What changes while the record is on its way must not be missed: there may be no other change to wait for.
  let hasChanged = false;
  const stopListening = listen(carriage, wait, () => (hasChanged = true));
  const entry = { kind: "parked", reason, sentence, sinceMs, untilMs, ordinal, stage } as const;
  await carriage.writer.write(isKnown ? [] : [entry]).finally(stopListening);
  slots.release(lane);
  try {
    if (!hasChanged) await changed(carriage, wait, leftMs);
  } finally {
    slots.take(lane);
  }
  carriage.writer.defer({ kind: "resumed" });
}

/** Has the run only been taken over while it waited for the same, so that its log says so already? */
function isInLog({ known, writer }: Carriage, { reason, ordinal, stage }: Pick<Parked, "reason" | "ordinal" | "stage">): boolean {
  const { parked } = known;
  return !writer.hasWritten && parked?.reason === reason && parked.ordinal === ordinal && parked.stage === stage;
}

/** Waits out a pause between two attempts, written down when it is long. */
export async function pause(
  carriage: Carriage,
  wait: { readonly reason: string; readonly sentence: string; readonly forMs: number; readonly ordinal: number },
): Promise<void> {
  const { clock } = carriage.deps;
  const { forMs, ...rest } = wait;
  const sleep = (): Promise<void> =>
    clock.sleep(forMs, carriage.signal).catch(() => {
      throw abortReason(carriage.signal);
    });
  if (forMs <= pauseWorthRecordingMs) return sleep();
  const sinceMs = clock.nowMs();
  await parkedDuring(carriage, { ...rest, sinceMs, untilMs: sinceMs + forMs, stage: 0 }, sleep);
}

/** Writes a wait down with its reason, unless the log ends in it, and gives the lane's slot back until it is over. */
export async function parkedDuring<T>(carriage: Carriage, entry: Omit<Parked, "kind">, wait: () => Promise<T>): Promise<T> {
  const { deps, submission, writer } = carriage;
  await writer.write(isInLog(carriage, entry) ? [] : [{ kind: "parked", ...entry }]);
  deps.slots.release(submission.lane);
  try {
    return await wait();
  } finally {
    deps.slots.take(submission.lane);
    writer.defer({ kind: "resumed" });
  }
}

/** Waits out what is left of the pause in which the run was taken over. */
export async function sleepOn(carriage: Carriage, ordinal: number): Promise<void> {
  const { known, deps, writer, signal, submission } = carriage;
  const { parked } = known;
  if (!parked || parked.ordinal !== ordinal || !pauses.has(parked.reason) || writer.hasWritten) return;
  deps.slots.release(submission.lane);
  try {
    // Both times are by the clock of whoever wrote them, so that only the span between them is worth anything here.
    const forMs = (parked.untilMs ?? parked.sinceMs) - parked.sinceMs;
    const beganMs = await storedAt(carriage, waitRecord);
    await deps.clock.sleep(beganMs === undefined ? forMs : Math.max(0, beganMs + forMs - deps.clock.monotonicMs()), signal).catch(() => {
      throw abortReason(signal);
    });
  } finally {
    deps.slots.take(submission.lane);
  }
  writer.defer({ kind: "resumed" });
}

/** Calls `onFree` when a slot is free that fits. Returns the way to stop that. */
function listen(carriage: Carriage, { fits, group }: Pick<Wait, "fits" | "group">, onFree: () => void): () => void {
  const stopListening = carriage.deps.selection.onFree(() => {
    if (!fits()) return false;
    stopListening();
    onFree();
    return true;
  }, group);
  return stopListening;
}

/** Resolves to true when something changed that could help, to false when `forMs` passed first. */
async function changed(carriage: Carriage, wait: Pick<Wait, "fits" | "group">, forMs: number | null): Promise<boolean> {
  const { clock } = carriage.deps;
  // A hundred thousand may wait like this: what each does not need, it does not hold.
  const ended = forMs === null ? undefined : new AbortController();
  return new Promise<boolean>((resolve, reject) => {
    const stopListening = listen(carriage, wait, () => settle(() => resolve(true)));
    const settle = (answer: () => void): void => {
      stopListening();
      carriage.signal.removeEventListener("abort", onAbort);
      ended?.abort();
      answer();
    };
    const onAbort = (): void => settle(() => reject(abortReason(carriage.signal)));
    carriage.signal.addEventListener("abort", onAbort, { once: true });
    if (carriage.signal.aborted) return onAbort();
    if (forMs !== null)
      clock.sleep(forMs, ended?.signal).then(
        () => settle(() => resolve(false)),
        () => undefined,
      );
  });
}
