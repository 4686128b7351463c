import type { LogEntry } from "@longarm/shared";

/** How far a run has come that counts in pages and items. */
export interface Progress {
  readonly pages: number;
  readonly items: number;
  /** Over its whole time, waits included; null: it has not run for a second yet. */
  readonly itemsPerSecond: number | null;
  /** How long it has waited for its target's rate limits. */
  readonly budgetWaitMs: number;
  /** How many there will be, as far as it is known. */
  readonly expectedItems: number | null;
  /** Until it has them, at this pace; null: nobody can tell, or it has ended. */
  readonly endsInMs: number | null;
}

interface Timed {
  readonly timeMs: number;
  readonly entries: readonly LogEntry[];
}

const soonestPaceMs = 1_000;

/** The pace of what was counted, and when it will be over. Times are those of the run's records, `nowMs` that of its reader. */
export function paceOf(
  counted: Pick<Progress, "pages" | "items">,
  of: {
    readonly startedAtMs: number | null;
    readonly endedAtMs: number | null;
    readonly nowMs: number;
    readonly records: readonly Timed[];
    readonly expectedItems: number | null;
  },
): Progress {
  const { startedAtMs, endedAtMs, nowMs, records, expectedItems } = of;
  const untilMs = endedAtMs ?? nowMs;
  const tookMs = startedAtMs === null ? 0 : untilMs - startedAtMs;
  const itemsPerSecond = tookMs >= soonestPaceMs ? counted.items / (tookMs / 1_000) : null;
  const left = expectedItems === null ? null : expectedItems - counted.items;
  const isTold = endedAtMs === null && left !== null && left > 0 && itemsPerSecond !== null && itemsPerSecond > 0;
  return {
    ...counted,
    itemsPerSecond: itemsPerSecond === null ? null : Math.round(itemsPerSecond * 10) / 10,
    budgetWaitMs: waitedMs("budget", records, untilMs),
    expectedItems,
    endsInMs: isTold ? Math.round((left / itemsPerSecond) * 1_000) : null,
  };
}

/** How long a run has waited for this reason, as its log tells. */
export function waitedMs(reason: string, records: readonly Timed[], untilMs: number): number {
  let [sum, sinceMs]: [number, number | null] = [0, null];
  for (const { timeMs, entries } of records) {
    for (const entry of entries) {
      if (entry.kind !== "parked" && entry.kind !== "resumed" && entry.kind !== "completed") continue;
      if (sinceMs !== null) sum += Math.max(0, timeMs - sinceMs);
      sinceMs = entry.kind === "parked" && entry.reason === reason ? timeMs : null;
    }
  }
  return sinceMs === null ? sum : sum + Math.max(0, untilMs - sinceMs);
}
