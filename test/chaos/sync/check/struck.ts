import type { InflictedFault } from "../../faults/inflict.ts";
import { type FaultKind, partsOf } from "../../faults/kinds.ts";
import type { SyncRun } from "../sync-runs.ts";

/** What a kind of fault struck. */
export interface Struck {
  readonly times: number;
  /** While a sync ran; of the org's own faults, those that met a request. */
  readonly whileRunning: number;
  /** Those that struck the very controller that carried it. */
  readonly carrier: number;
}

type Run = Pick<SyncRun, "log" | "fromMs" | "toMs">;

/** By kind. `controllers` has the name of each controller by the id of one of its lives. */
export function struckOf(
  faults: readonly InflictedFault[],
  runs: readonly Run[],
  controllers: ReadonlyMap<string, string>,
): Readonly<Partial<Record<FaultKind, Struck>>> {
  const inflicted = faults.filter(({ trouble }) => trouble === null);
  const byKind = Map.groupBy(inflicted, ({ kind }) => kind);
  const found = [...byKind].map(([kind, all]): [FaultKind, Struck] => {
    const hits = all.filter(({ met }) => met !== 0).map((fault) => [fault, runAt(fault, runs)] as const);
    const running = hits.filter(([, run]) => run !== undefined);
    const carried = running.filter(([fault, run]) => run && isOfCarrier(fault, run, controllers));
    return [kind, { times: all.length, whileRunning: running.length, carrier: carried.length }];
  });
  return Object.fromEntries(found);
}

function runAt({ kind, fromMs, untilMs }: InflictedFault, runs: readonly Run[]): Run | undefined {
  // A process that is killed is struck in one moment.
  const lastMs = partsOf(kind).what === "kill" ? fromMs : untilMs;
  return runs.find((run) => run.fromMs <= lastMs && run.toMs >= fromMs);
}

function isOfCarrier({ kind, target, fromMs }: InflictedFault, { log }: Run, controllers: ReadonlyMap<string, string>): boolean {
  const { place } = partsOf(kind);
  if (place !== "controller" && place !== "controllerLink") return false;
  const claim = log.findLast((record) => record.kind === "claimed" && Date.parse(record.time) <= fromMs);
  return claim !== undefined && controllers.get(String(claim.facts["controllerId"])) === target.replace(/ link$/, "");
}
