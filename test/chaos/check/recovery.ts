import type { InflictedFault } from "../faults/inflict.ts";
import { partsOf } from "../faults/kinds.ts";
import type { Evidence, LogRecord } from "./evidence.ts";
import { callsOf } from "./timeline.ts";

/** How long something took over all that was measured, in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * How quickly what had died was made good, apart from where another fault stood in the way: one of the broker's, or one that left nobody
 * undisturbed who could have taken over. Null: nothing was measured.
 */
export interface Recovery {
  /** From an agent's death until a controller knew. */
  readonly agentDeathNoticed: Spread | null;
  /** From an agent's death until the reads that were open on it had been answered elsewhere. */
  readonly readsAnsweredElsewhere: Spread | null;
  /** The same with other faults in the way. */
  readonly readsUnderMoreFaults: Spread | null;
  /** From a controller's death until another one, or its successor, had claimed each of its runs. */
  readonly failover: Spread | null;
  /** The same with other faults in the way. */
  readonly failoverUnderMoreFaults: Spread | null;
  /** How many deaths `failover` and `readsAnsweredElsewhere` were measured on: the runs of one share its luck. */
  readonly deaths: { readonly controllers: number; readonly agents: number };
  /** Runs that were taken from a controller that had only paused for 2 s. */
  readonly falseTakeovers: readonly string[];
}

// Only deaths that last longer than this can be told from a quick restart.
const longEnoughMs = 5_000;
const recoversWithinMs = 12_000;
// What is slower than promised is the product's fault even where it is slow until the next fault.
const promisedMs = 10_000;
// What a fault leaves behind, a connection that is dead unnoticed above all, is over by then.
const aftermathMs = 6_000;

/** The p50, p99 and the largest of these. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Recovery times, from what controllers were seen to know and from the logs of the runs. */
export function recoveryOf(evidence: Evidence): Recovery {
  const failovers = samplesOf(evidence, /^controller\.(?:kill|freeze)$/, failoversAfter);
  const reads = samplesOf(evidence, /^agent\.(?:kill|freeze)$/, readsAfter);
  const noticed = evidence.notices.filter((notice) => isCleanNotice(notice, evidence.faults));
  return {
    agentDeathNoticed: spreadOf(noticed.map(({ afterMs }) => afterMs)),
    readsAnsweredElsewhere: spreadOf(reads.clean),
    readsUnderMoreFaults: spreadOf(reads.disturbed),
    failover: spreadOf(failovers.clean),
    failoverUnderMoreFaults: spreadOf(failovers.disturbed),
    deaths: { controllers: failovers.deaths, agents: reads.deaths },
    falseTakeovers: falseTakeovers(evidence),
  };
}

interface Sample {
  readonly tookMs: number;
  readonly isClean: boolean;
}

type Measure = (death: InflictedFault, evidence: Evidence) => readonly Sample[];

function samplesOf(evidence: Evidence, kinds: RegExp, measure: Measure) {
  const byDeath = evidence.faults.filter(({ kind }) => kinds.test(kind)).map((death) => measure(death, evidence));
  const timesOf = (isClean: boolean) => byDeath.flat().flatMap((sample) => (sample.isClean === isClean ? [sample.tookMs] : []));
  const deaths = byDeath.filter((samples) => samples.some(({ isClean }) => isClean)).length;
  return { clean: timesOf(true), disturbed: timesOf(false), deaths };
}

function isCleanNotice({ fault: id, controller }: Evidence["notices"][number], faults: readonly InflictedFault[]): boolean {
  const death = faults.find((fault) => fault.id === id);
  if (!death || death.forMs < longEnoughMs) return false;
  const disturbs = faults.filter((fault) => fault !== death && (concernsBroker(fault) || concerns(fault, controller)));
  return !disturbs.some((fault) => overlaps(fault, death.fromMs - recoversWithinMs, death.fromMs + longEnoughMs));
}

function readsAfter(death: InflictedFault, { cases, faults, controllers, agents }: Evidence): readonly Sample[] {
  if (death.forMs < longEnoughMs) return [];
  const others = faults.filter((fault) => fault !== death);
  return cases.flatMap(({ plan, run }) => {
    const read = run && plan.effect === "read" ? answeredElsewhere(run.log, death) : undefined;
    if (!read) return [];
    const near = others.filter((fault) => standsInTheWay(fault, death, read.tookMs));
    const isInTheWay = (fault: InflictedFault): boolean =>
      concernsBroker(fault) || concernsTarget(fault) || concerns(fault, controllers.get(read.controllerId) ?? "");
    const isClean = !near.some(isInTheWay) && hasUndisturbed(agents, death, near.filter(concernsAnyAgent));
    return [{ tookMs: read.tookMs, isClean }];
  });
}

/** A call that was open on the agent at its death and was answered by another executor: how long after it, and to which controller. */
function answeredElsewhere(
  log: readonly LogRecord[],
  death: InflictedFault,
): { readonly tookMs: number; readonly controllerId: string } | undefined {
  const calls = callsOf(log);
  const at = calls.findIndex(({ executor, fromMs, toMs }) => executor === death.target && fromMs <= death.fromMs && toMs >= death.fromMs);
  const next = at < 0 ? undefined : calls.slice(at + 1).find(({ executor }) => executor !== undefined && executor !== death.target);
  return next && { tookMs: next.toMs - death.fromMs, controllerId: next.controllerId };
}

function failoversAfter(death: InflictedFault, { cases, controllers, faults }: Evidence): readonly Sample[] {
  const others = faults.filter((fault) => fault !== death);
  const names = [...new Set(controllers.values())];
  return cases.flatMap(({ run }) => {
    const owned = run && claimAround(run.log, death.fromMs);
    if (!owned || controllers.get(owned.ownerId) !== death.target || owned.nextMs === undefined) return [];
    const near = others.filter((fault) => standsInTheWay(fault, death, owned.nextMs! - death.fromMs));
    const isClean = !near.some(concernsBroker) && hasUndisturbed(names, death, near.filter(concernsAnyController));
    return [{ tookMs: owned.nextMs - death.fromMs, isClean }];
  });
}

function standsInTheWay(fault: InflictedFault, { fromMs }: InflictedFault, tookMs: number): boolean {
  return overlaps(fault, fromMs - aftermathMs, fromMs + Math.min(tookMs, promisedMs));
}

/** Is there, beside the dead one, anybody whom none of these faults strikes? */
function hasUndisturbed(names: readonly string[], death: InflictedFault, faults: readonly InflictedFault[]): boolean {
  return names.some((name) => name !== death.target && !faults.some((fault) => memberOf(fault) === name));
}

/** Who carried the run at that time, and when somebody else claimed it; undefined: nobody did, or it had ended. */
function claimAround(
  log: readonly LogRecord[],
  atMs: number,
): { readonly ownerId: string; readonly nextMs: number | undefined } | undefined {
  const before = log.findLast(({ kind, time }) => kind === "claimed" && Date.parse(time) < atMs);
  const next = log.find(({ kind, time }) => (kind === "claimed" || kind === "completed") && Date.parse(time) >= atMs);
  const hasEnded = log.some(({ kind, time }) => kind === "completed" && Date.parse(time) < atMs);
  if (!before || hasEnded) return undefined;
  return { ownerId: String(before.facts["controllerId"]), nextMs: next?.kind === "claimed" ? Date.parse(next.time) : undefined };
}

function falseTakeovers({ cases, controllers, faults }: Evidence): readonly string[] {
  const pauses = faults.filter(({ kind }) => kind === "controller.pause");
  return pauses.flatMap((paused) => {
    const [fromMs, untilMs] = [paused.fromMs, paused.untilMs + longEnoughMs];
    const others = faults.filter((fault) => fault !== paused && (concernsBroker(fault) || concerns(fault, paused.target)));
    if (others.some((fault) => overlaps(fault, fromMs - recoversWithinMs, untilMs))) return [];
    const taken = cases.filter(({ run }) => {
      const owned = run && claimAround(run.log, fromMs);
      return owned && controllers.get(owned.ownerId) === paused.target && owned.nextMs !== undefined && owned.nextMs <= untilMs;
    });
    return taken.map(({ run }) => run!.id);
  });
}

function concernsBroker({ kind }: InflictedFault): boolean {
  return ["broker", "store"].includes(partsOf(kind).place);
}

function concernsAnyController({ kind }: InflictedFault): boolean {
  return ["controller", "controllerLink", "clock"].includes(partsOf(kind).place);
}

function concernsAnyAgent({ kind }: InflictedFault): boolean {
  return ["agent", "agentLink", "clock"].includes(partsOf(kind).place);
}

/** Does it strike what agents ask? */
function concernsTarget({ kind, target }: InflictedFault): boolean {
  return partsOf(kind).place === "org" || target === "site link";
}

function concerns(fault: InflictedFault, controller: string): boolean {
  return concernsAnyController(fault) && memberOf(fault) === controller;
}

function memberOf({ target }: InflictedFault): string {
  return target.replace(/ link$/, "");
}

function overlaps({ fromMs, untilMs }: InflictedFault, startMs: number, endMs: number): boolean {
  return untilMs >= startMs && fromMs <= endMs;
}
