import type { Clock } from "@longarm/shared";

/** What comes one by one, and how many have come that nobody has taken yet. */
interface Source<M> extends AsyncIterable<M> {
  getPending(): number;
}

interface Pace {
  readonly clock: Clock;
  /** Ends the wait for more, not the batches. */
  readonly signal: AbortSignal;
  /** No batch is larger; what fills one does not wait. */
  readonly most: number;
  /** While much comes, a batch at most this often. */
  readonly paceMs: number;
}

/** What is read of each message, in batches: at once after a pause, together while much comes. What reads as undefined is left out. */
export async function* pacedBatches<M, T>(
  source: Source<M>,
  read: (message: M) => T | undefined,
  pace: Pace,
): AsyncGenerator<readonly T[]> {
  const { clock, signal, most, paceMs } = pace;
  let batch: T[] = [];
  let toldMs = Number.NEGATIVE_INFINITY;
  for await (const message of source) {
    const found = read(message);
    if (found !== undefined) batch.push(found);
    if (batch.length === 0) continue;
    if (batch.length < most) {
      const earlyMs = source.getPending() > 0 ? 0 : toldMs + paceMs - clock.monotonicMs();
      if (earlyMs > 0) await clock.sleep(earlyMs, signal).catch(() => undefined);
      if (source.getPending() > 0) continue;
    }
    yield batch;
    batch = [];
    toldMs = clock.monotonicMs();
  }
}
