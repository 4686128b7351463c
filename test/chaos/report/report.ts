import type { Evidence } from "../check/evidence.ts";
import { isAccepted } from "../check/evidence.ts";
import { type Limit, limitsOf, limitsOfOutage } from "../check/limits.ts";
import { type Outage, outageOf } from "../check/outage.ts";
import { type Reach, reachOf } from "../check/reach.ts";
import { type Recovery, recoveryOf, type Spread } from "../check/recovery.ts";
import { type Finding, judge, type Sort, sorts } from "../check/verdict.ts";
import type { FaultKind } from "../faults/kinds.ts";
import type { Profile } from "../profile.ts";

/** What a chaos run came to. */
export interface Report {
  readonly profile: string;
  readonly seed: number;
  readonly seconds: number;
  readonly submissions: { readonly made: number; readonly accepted: number; readonly refused: number };
  readonly statuses: Readonly<Record<string, number>>;
  /** Why runs failed, by code. */
  readonly failures: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<Sort, number>>;
  readonly crashes: number;
  readonly faults: number;
  readonly recovery: Recovery;
  /** Null: the broker was not gone for long. */
  readonly outage: Outage | null;
  /** What must not be exceeded, and whether it was. */
  readonly limits: readonly Limit[];
  readonly reach: Readonly<Record<FaultKind, Reach>>;
  readonly notReached: readonly FaultKind[];
  /** Why the run proves nothing; empty: it is valid. */
  readonly invalid: readonly string[];
  readonly findings: readonly Finding[];
  readonly ok: boolean;
}

const leastAcceptedShare = 0.8;

/** The report on the evidence; `ok` when it is valid and nothing is wrong. */
export function reportOn(profile: Profile, evidence: Evidence, seconds: number): Report {
  const { cases, faults, crashes } = evidence;
  const findings = judge(evidence);
  const accepted = cases.filter(isAccepted).length;
  const reach = reachOf(evidence);
  const notReached = profile.kinds.filter((kind) => reach[kind].calls === 0);
  const recovery = recoveryOf(evidence);
  const outage = outageOf(evidence);
  const limits = [...limitsOf(evidence, recovery), ...limitsOfOutage(outage)];
  const invalid = [
    ...(!outage && accepted < cases.length * leastAcceptedShare ? [`only ${accepted} of ${cases.length} submissions were accepted`] : []),
    ...profile.kinds
      .filter((kind) => reach[kind].calls < profile.leastHits)
      .map((kind) => `${kind} hit ${reach[kind].calls} open calls, of at least ${profile.leastHits}`),
  ];
  const counts = Object.fromEntries(sorts.map((sort) => [sort, findings.filter((each) => each.sort === sort).length]));
  const isWithinLimits = limits.every(({ verdict }) => verdict !== "exceeded");
  const isClean = findings.length === 0 && crashes.length === 0 && recovery.falseTakeovers.length === 0 && isWithinLimits;
  return {
    ...{ profile: profile.name, seed: profile.seed, seconds: Math.round(seconds) },
    submissions: { made: cases.length, accepted, refused: cases.length - accepted },
    statuses: countBy(cases.flatMap(({ run }) => (run ? [run.status] : []))),
    failures: countBy(cases.flatMap(({ run }) => (run?.status === "failed" ? [run.error?.code ?? "none"] : []))),
    counts: counts as Record<Sort, number>,
    ...{ crashes: crashes.length, faults: faults.length, recovery, outage, limits, reach, notReached, invalid, findings },
    ok: isClean && invalid.length === 0,
  };
}

/** The report for people. */
export function describeReport(report: Report): readonly string[] {
  const { submissions, statuses, counts, recovery, findings } = report;
  const shownFindings = 20;
  return [
    `profile ${report.profile}, seed ${report.seed}: ${submissions.made} submissions in ${report.seconds} s, ${report.faults} faults`,
    `accepted ${submissions.accepted}, refused ${submissions.refused}; ${listed(statuses)}`,
    ...(Object.keys(report.failures).length > 0 ? [`failed for: ${listed(report.failures)}`] : []),
    `lost ${counts.lost}, duplicates ${counts.duplicate}, sent again blindly ${counts.blind}, misreported ${counts.misreported}, stuck ${counts.stuck}`,
    `unexplained unknowns ${counts.unexplained}, unfounded failures ${counts.unfounded}, incoherent logs ${counts.incoherent}, crashes ${report.crashes}, false takeovers ${recovery.falseTakeovers.length}`,
    `agent's death noticed: ${shown(recovery.agentDeathNoticed)}`,
    `a dead agent's reads answered elsewhere, after ${recovery.deaths.agents} deaths: ${shown(recovery.readsAnsweredElsewhere)}; with more faults in the way: ${shown(recovery.readsUnderMoreFaults)}`,
    `a dead controller's runs claimed elsewhere, after ${recovery.deaths.controllers} deaths: ${shown(recovery.failover)}; with more faults in the way: ${shown(recovery.failoverUnderMoreFaults)}`,
    ...describeOutage(report.outage),
    ...report.limits.map(({ what, measured, most, unit, verdict }) => `${verdict}: ${what} ${measured ?? "-"} of at most ${most} ${unit}`),
    `open calls hit: ${listed(Object.fromEntries(Object.entries(report.reach).flatMap(([kind, { calls }]) => (calls > 0 ? [[kind, calls]] : []))))}`,
    ...(report.notReached.length > 0 ? [`not reached: ${report.notReached.join(", ")}`] : []),
    ...findings.slice(0, shownFindings).map(({ sort, runId, key, action, sentence }) => `${sort}: ${action} ${runId ?? key}: ${sentence}`),
    ...(findings.length > shownFindings ? [`and ${findings.length - shownFindings} more findings`] : []),
    ...report.invalid.map((why) => `not valid: ${why}`),
  ];
}

function describeOutage(outage: Outage | null): readonly string[] {
  if (!outage) return [];
  const { refused, reasons, memory, restarted } = outage;
  return [
    `the broker was gone for ${outage.awaySeconds} s; ${refused.count} submissions began and were given up meanwhile: ${listed(reasons)}; ${refused.unheard} tries had no answer, the others one within: ${shown(refused.slowest)}`,
    `${outage.openAtTheCut} runs were open when it went, ${outage.changingAtTheCut} with a changing call under way; their ends were stored after its return: ${shown(outage.endedMs)}; submissions were accepted again after ${outage.acceptedAgainMs ?? "-"} ms`,
    `processes that are others now: ${restarted.join(", ") || "none"}; memory before, most, last: ${memory.map(({ member, beforeMiB, mostMiB, lastMiB }) => `${member} ${beforeMiB}, ${mostMiB}, ${lastMiB} MiB`).join("; ")}`,
  ];
}

function shown(spread: Spread | null): string {
  if (!spread) return "not measured";
  return `p50 ${spread.p50} ms, p99 ${spread.p99} ms, at most ${spread.max} ms over ${spread.count}`;
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}

function countBy(values: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
}
