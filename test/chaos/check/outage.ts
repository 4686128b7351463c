import type { Case, Evidence, FoundRun } from "./evidence.ts";
import { type Spread, spreadOf } from "./recovery.ts";

/** What became of everybody while the broker was gone, and afterwards. Milliseconds and MiB. */
export interface Outage {
  readonly awaySeconds: number;
  /** Submissions that began and were given up while it was gone; how long their answers took, and how many tries had none. */
  readonly refused: { readonly count: number; readonly slowest: Spread | null; readonly unheard: number };
  /** What they were told, and how often. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Runs that were accepted before it went and had not ended; how many of them had a changing call open. */
  readonly openAtTheCut: number;
  readonly changingAtTheCut: number;
  /** From the broker's return until a submission was accepted, and until the last of those runs had ended whose time was not over. */
  readonly acceptedAgainMs: number | null;
  readonly endedMs: Spread | null;
  /** Whose process ended meanwhile, by its pids. */
  readonly restarted: readonly string[];
  readonly memory: readonly { readonly member: string; readonly beforeMiB: number; readonly mostMiB: number; readonly lastMiB: number }[];
}

/** The figures of an outage; null: there was none that lasted, or its processes' memory was not read. */
export function outageOf(evidence: Evidence): Outage | null {
  const { faults, cases, memory } = evidence;
  const away = faults.find(({ kind }) => kind === "broker.kill");
  if (!away || !memory) return null;
  const { fromMs, untilMs } = away;
  const meanwhile = cases.filter(
    ({ submitted }) => submitted.firstMs > fromMs && submitted.lastMs < untilMs && submitted.kind !== "accepted",
  );
  const open = cases.flatMap(({ submitted, run }) => (run && submitted.lastMs <= fromMs && endOf(run) > fromMs ? [run] : []));
  const accepted = cases.flatMap(({ submitted }) =>
    submitted.kind === "accepted" && submitted.lastMs > untilMs ? [submitted.lastMs] : [],
  );
  return {
    awaySeconds: Math.round((untilMs - fromMs) / 1_000),
    refused: {
      count: meanwhile.length,
      slowest: spreadOf(meanwhile.map(({ submitted }) => submitted.slowestMs ?? 0)),
      unheard: meanwhile.reduce((sum, { submitted }) => sum + (submitted.unheard ?? 0), 0),
    },
    reasons: countBy(meanwhile.map(reasonOf)),
    openAtTheCut: open.length,
    changingAtTheCut: open.filter((run) => hasOpenChange(run, fromMs)).length,
    acceptedAgainMs: accepted.length === 0 ? null : Math.min(...accepted) - untilMs,
    endedMs: spreadOf(endings(open, cases, untilMs)),
    restarted: [...Map.groupBy(memory, ({ member }) => member)].flatMap(([member, all]) =>
      new Set(all.map(({ pid }) => pid)).size > 1 ? [member] : [],
    ),
    memory: memoryOf(memory, fromMs),
  };
}

/**
 * When each run's end was stored, after the broker's return. A record bears the time it was first tried to be stored at, which may be long
 * before: what is stored behind it and bears a later time tells by when it was there.
 */
function endings(open: readonly FoundRun[], cases: readonly Case[], untilMs: number): readonly number[] {
  const later = cases
    .flatMap(({ run }) => run?.log ?? [])
    .map(({ sequence, time }) => ({ sequence, atMs: Date.parse(time) }))
    .filter(({ atMs }) => atMs >= untilMs)
    .toSorted((a, b) => a.sequence - b.sequence);
  return open.flatMap(({ log, error }) => {
    const end = log.find(({ kind }) => kind === "completed");
    const next = end && later.find(({ sequence }) => sequence >= end.sequence);
    return next && error?.code !== "deadline_exceeded" ? [next.atMs - untilMs] : [];
  });
}

function memoryOf(memory: NonNullable<Evidence["memory"]>, fromMs: number): Outage["memory"] {
  return [...Map.groupBy(memory, ({ member }) => member)].map(([member, all]) => ({
    member,
    beforeMiB: inMiB(all.findLast(({ atMs }) => atMs <= fromMs)?.bytes ?? 0),
    mostMiB: inMiB(Math.max(...all.map(({ bytes }) => bytes))),
    lastMiB: inMiB(all.at(-1)?.bytes ?? 0),
  }));
}

function endOf({ log }: FoundRun): number {
  const end = log.find(({ kind }) => kind === "completed");
  return end ? Date.parse(end.time) : Number.POSITIVE_INFINITY;
}

function hasOpenChange({ log }: FoundRun, atMs: number): boolean {
  const last = log.findLast(({ time }) => Date.parse(time) <= atMs);
  return last?.kind === "intent";
}

function reasonOf({ submitted }: Case): string {
  return submitted.kind === "accepted" ? "" : (submitted.reason.split(":", 1)[0] ?? "");
}

function inMiB(bytes: number): number {
  return Math.round(bytes / 1_024 / 1_024);
}

function countBy(values: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
}
