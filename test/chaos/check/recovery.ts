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

/** How quickly what had died was made good; only where no second fault stood in the way. Null: nothing was measured. */
export interface Recovery {
  /** From an agent's death until a controller knew. */
  readonly agentDeathNoticed: Spread | null;
  /** From an agent's death until the reads that were open on it had been answered elsewhere. */
  readonly readsAnsweredElsewhere: Spread | null;
  /** From a controller's death until another one, or its successor, had claimed each of its runs. */
  readonly failover: Spread | null;
  /** The same with other faults in the way. */
  readonly failoverUnderMoreFaults: Spread | null;
  /** Runs that were taken from a controller that had only paused for 2 s. */
  readonly falseTakeovers: readonly string[];
}

// Only deaths that last longer than this can be told from a quick restart.
const longEnoughMs = 5_000;
const recoversWithinMs = 12_000;

/** The p50, p99 and the largest of these. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Recovery times, from what controllers were seen to know and from the logs of the runs. */
export function recoveryOf(evidence: Evidence): Recovery {
  const failovers = evidence.faults.filter(({ kind }) => kind === "controller.kill").flatMap((fault) => failoversAfter(fault, evidence));
  const clean = failovers.filter(({ isClean }) => isClean);
  const noticed = evidence.notices.filter((notice) => isCleanNotice(notice, evidence.faults));
  return {
    agentDeathNoticed: spreadOf(noticed.map(({ afterMs }) => afterMs)),
    readsAnsweredElsewhere: spreadOf(readsAfterDeaths(evidence)),
    failover: spreadOf(clean.map(({ tookMs }) => tookMs)),
    failoverUnderMoreFaults: spreadOf(failovers.filter(({ isClean }) => !isClean).map(({ tookMs }) => tookMs)),
    falseTakeovers: falseTakeovers(evidence),
  };
}

function isCleanNotice({ fault: id, controller }: Evidence["notices"][number], faults: readonly InflictedFault[]): boolean {
  const death = faults.find((fault) => fault.id === id);
  if (!death || death.forMs < longEnoughMs) return false;
  const disturbs = faults.filter((fault) => fault !== death && (concernsBroker(fault) || concerns(fault, controller)));
  return !disturbs.some((fault) => overlaps(fault, death.fromMs - recoversWithinMs, death.fromMs + longEnoughMs));
}

function readsAfterDeaths({ cases, faults }: Evidence): readonly number[] {
  const deaths = faults.filter(({ kind, forMs }) => kind === "agent.kill" && forMs >= longEnoughMs);
  return deaths.flatMap((death) => {
    const others = faults.filter((fault) => fault !== death);
    return cases.flatMap(({ plan, run }) => {
      const tookMs = run && plan.effect === "read" ? answeredElsewhere(run.log, death) : undefined;
      const isClean = tookMs !== undefined && !others.some((fault) => overlaps(fault, death.fromMs - longEnoughMs, death.fromMs + tookMs));
      return isClean ? [tookMs] : [];
    });
  });
}

/** How long after the agent's death a call that was open on it had been answered by another executor. */
function answeredElsewhere(log: readonly LogRecord[], death: InflictedFault): number | undefined {
  const calls = callsOf(log);
  const at = calls.findIndex(({ executor, fromMs, toMs }) => executor === death.target && fromMs <= death.fromMs && toMs >= death.fromMs);
  const next = at < 0 ? undefined : calls.slice(at + 1).find(({ executor }) => executor !== undefined && executor !== death.target);
  return next && next.toMs - death.fromMs;
}

function failoversAfter(death: InflictedFault, evidence: Evidence): readonly { readonly tookMs: number; readonly isClean: boolean }[] {
  const { cases, controllers, faults } = evidence;
  const others = faults.filter((fault) => fault !== death && (concernsBroker(fault) || concernsAnyController(fault)));
  return cases.flatMap(({ run }) => {
    const owned = run && claimAround(run.log, death.fromMs);
    if (!owned || controllers.get(owned.ownerId) !== death.target || owned.nextMs === undefined) return [];
    const isClean = !others.some((fault) => overlaps(fault, death.fromMs - recoversWithinMs, owned.nextMs!));
    return [{ tookMs: owned.nextMs - death.fromMs, isClean }];
  });
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

function concerns(fault: InflictedFault, controller: string): boolean {
  return concernsAnyController(fault) && fault.target.replace(/ link$/, "") === controller;
}

function overlaps({ fromMs, untilMs }: InflictedFault, startMs: number, endMs: number): boolean {
  return untilMs >= startMs && fromMs <= endMs;
}
