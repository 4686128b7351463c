import type { Clock } from "@longarm/shared";

/** What comes one by one: how much has come, and how much of that was taken. */
interface Source<M> extends AsyncIterable<M> {
  getReceived(): number;
  getProcessed(): number;
}

/** The client's own count of this takes work of its own in for messages, so that somebody would wait for what is there already. */
function hasMore(source: Source<unknown>): boolean {
  return source.getReceived() > source.getProcessed();
}

interface Pace {
  readonly clock: Clock;
  /** Ends the wait for more, not the batches. */
  readonly signal: AbortSignal;
  /** No batch is larger; what fills one does not wait. */
  readonly most: number;
  /** So many within `paceMs` are much: from then on what comes is held back until that time has passed. */
  readonly much: number;
  readonly paceMs: number;
}

/** What is read of each message, in batches: at once while little comes, together while much does. What reads as undefined is left out. */
export async function* pacedBatches<M, T>(
  source: Source<M>,
  read: (message: M) => T | undefined,
  pace: Pace,
): AsyncGenerator<readonly T[]> {
  const { clock, signal, most, much, paceMs } = pace;
  let batch: T[] = [];
  let [told, sinceMs] = [0, Number.NEGATIVE_INFINITY];
  for await (const message of source) {
    const found = read(message);
    if (found !== undefined) batch.push(found);
    if (batch.length === 0) continue;
    if (batch.length < most) {
      const earlyMs = hasMore(source) || told < much ? 0 : sinceMs + paceMs - clock.monotonicMs();
      if (earlyMs > 0) await clock.sleep(earlyMs, signal).catch(() => undefined);
      if (hasMore(source)) continue;
    }
    const nowMs = clock.monotonicMs();
    if (nowMs - sinceMs >= paceMs) [told, sinceMs] = [0, nowMs];
    told += batch.length;
    yield batch;
    batch = [];
  }
}
