import type { FaultKind } from "../faults/kinds.ts";
import type { Profile } from "../profile.ts";
import { type Comparison, wrongs } from "./check/compare-table.ts";
import { judgeRuns, type RunFinding, type RunSort, runSorts, takeoversOf } from "./check/judge-runs.ts";
import { type Struck, struckOf } from "./check/struck.ts";
import type { SyncEvidence } from "./sync-evidence.ts";

type Wrong = (typeof wrongs)[number];

/** One run of the sync, in short. */
export interface RunLine {
  readonly id: string;
  readonly mode: string;
  readonly status: string;
  readonly code: string | null;
  readonly seconds: number;
  readonly takeovers: number;
  readonly pages: number;
  readonly repeated: number;
}

/** What a chaos run of a sync came to. */
export interface SyncChaosReport {
  readonly profile: string;
  readonly seed: number;
  readonly seconds: number;
  readonly users: number;
  readonly sink: string;
  readonly changes: SyncEvidence["changes"];
  readonly runs: readonly RunLine[];
  readonly struck: Readonly<Partial<Record<FaultKind, Struck>>>;
  readonly notStruck: readonly FaultKind[];
  readonly counts: Readonly<Record<Wrong | RunSort | "rowFaults" | "crashes", number>>;
  readonly afterIncremental: readonly Comparison[];
  readonly afterSweep: readonly Comparison[];
  readonly findings: readonly RunFinding[];
  /** Why the run proves nothing; empty: it is valid. */
  readonly invalid: readonly string[];
  readonly ok: boolean;
}

/** The report on the evidence; `ok` when it is valid and nothing is wrong. */
export function syncReportOn(profile: Profile, evidence: SyncEvidence, seconds: number): SyncChaosReport {
  const { runs, faults, afterIncremental, afterSweep } = evidence;
  const comparisons = [...afterIncremental, ...afterSweep];
  const findings = judgeRuns(runs, faults);
  const struck = struckOf(
    faults,
    runs.map(({ run }) => run),
    evidence.controllers,
  );
  const hits = Object.values(struck).reduce((sum, { whileRunning }) => sum + whileRunning, 0);
  const counts = {
    ...(Object.fromEntries(wrongs.map((wrong) => [wrong, sumOf(comparisons, wrong)])) as Record<Wrong, number>),
    ...(Object.fromEntries(runSorts.map((sort) => [sort, findings.filter((each) => each.sort === sort).length])) as Record<
      RunSort,
      number
    >),
    rowFaults: evidence.rowFaults,
    crashes: evidence.crashes.length,
  };
  const carriers = Object.values(struck).reduce((sum, { carrier }) => sum + carrier, 0);
  const invalid = [
    ...(hits < profile.leastHits ? [`${hits} faults struck while a sync ran, of at least ${profile.leastHits}`] : []),
    ...(carriers < leastOfCarrier ? [`${carriers} faults struck the controller that carried it, of at least ${leastOfCarrier}`] : []),
  ];
  return {
    ...{ profile: profile.name, seed: profile.seed, seconds: Math.round(seconds) },
    ...{ users: profile.sync?.users ?? 0, sink: profile.sync?.sink ?? "", changes: evidence.changes },
    runs: runs.map(({ run, reading: { pages, repeated } }) => ({
      ...{ id: run.id, mode: run.mode, status: run.status, code: run.error?.code ?? null },
      ...{ seconds: Math.round((run.toMs - run.fromMs) / 1_000), takeovers: takeoversOf(run), pages, repeated },
    })),
    ...{ struck, notStruck: profile.kinds.filter((kind) => (struck[kind]?.whileRunning ?? 0) === 0), counts },
    ...{ afterIncremental, afterSweep, findings, invalid },
    ok: invalid.length === 0 && Object.values(counts).every((count) => count === 0),
  };
}

const leastOfCarrier = 2;

function sumOf(comparisons: readonly Comparison[], wrong: Wrong): number {
  return comparisons.reduce((sum, comparison) => sum + comparison[wrong].length, 0);
}

const shownKeys = 5;

/** The report for people. */
export function describeSyncReport(report: SyncChaosReport): readonly string[] {
  const { counts, runs, struck, afterIncremental, afterSweep } = report;
  const [pages, repeated] = [sum(runs.map((run) => run.pages)), sum(runs.map((run) => run.repeated))];
  const entries = Object.entries(struck);
  const [times, hits, carriers] = [
    sum(entries.map(([, each]) => each.times)),
    sum(entries.map(([, each]) => each.whileRunning)),
    sum(entries.map(([, each]) => each.carrier)),
  ];
  return [
    `profile sync, seed ${report.seed}: ${report.users} users into ${report.sink}, ${report.changes.made} changes (${report.changes.refused} more were refused), ${report.seconds} s`,
    ...runs.map(
      ({ id, mode, status, code, seconds, takeovers, pages: read, repeated: again }) =>
        `run ${id}, ${mode}: ${status}${code === null ? "" : ` (${code})`} after ${seconds} s, ${takeovers} takeovers, ${read} pages, ${again} of them again`,
    ),
    `pages read twice: ${repeated} of ${pages} (${pages === 0 ? 0 : ((repeated / pages) * 100).toFixed(1)} %)`,
    `${times} faults, ${hits} while a sync ran, ${carriers} of them on the controller that carried it: ${entries.map(([kind, { whileRunning }]) => `${kind} ${whileRunning}`).join(", ")}`,
    ...(report.notStruck.length > 0 ? [`not reached: ${report.notStruck.join(", ")}`] : []),
    ...describeComparison("after an incremental run", afterIncremental),
    ...describeComparison("after a whole sweep", afterSweep),
    `missing ${counts.missing}, extra ${counts.extra}, stale ${counts.stale}, wrongly marked ${counts.wronglyMarked}, double ${counts.double}, no rows ${counts.rowFaults}`,
    `runs stuck ${counts.stuck}, failed without a reason ${counts.unfounded}, incomplete ${counts.incomplete}, begun anew ${counts.anew}, crashes ${counts.crashes}`,
    ...report.findings.map(({ sort, runId, sentence }) => `${sort}: ${runId}: ${sentence}`),
    ...report.invalid.map((why) => `not valid: ${why}`),
  ];
}

function describeComparison(when: string, comparisons: readonly Comparison[]): readonly string[] {
  if (comparisons.length === 0) return [];
  const rows = comparisons.map(({ table, rows: held, marked }) => `${table} ${held}${marked > 0 ? ` and ${marked} gone` : ""}`);
  const wrong = comparisons.flatMap((comparison) =>
    wrongs.flatMap((each) => {
      const keys = comparison[each];
      return keys.length === 0 ? [] : [`${each} in ${comparison.table}: ${keys.length}, such as ${keys.slice(0, shownKeys).join("; ")}`];
    }),
  );
  return [`compared ${when}: ${rows.join(", ")}`, ...wrong];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
