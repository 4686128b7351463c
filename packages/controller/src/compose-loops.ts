import { type Get, parts } from "./compose.ts";
import { hasLeft } from "./decide/has-left.ts";
import type { tellRunEnds } from "./loops/run-ends.ts";
import type { SchedulerDeps } from "./loops/scheduler.ts";
import type { TriggersDeps } from "./loops/triggers.ts";
import { placeFinder } from "./run/place/place-finder.ts";

function leaverFinder(get: Get): SchedulerDeps["hasLeft"] {
  return async (principal) => hasLeft(principal, await get(parts.apiKeys).list(), get(parts.clock).nowMs());
}

/** What starts runs by the clock stands on this. */
export function schedulerDeps(get: Get): SchedulerDeps {
  const signals = get(parts.signals);
  return {
    schedules: get(parts.stores).schedules,
    runs: get(parts.runs),
    hasFinished: (run) => signals.hasFinished(run),
    canRun: placeFinder({ ...get(parts.stores), selection: get(parts.selection), syncs: get(parts.syncs) }),
    hasLeft: leaverFinder(get),
    trail: get(parts.audit).trail,
    clock: get(parts.clock),
    logger: get(parts.logger),
  };
}

/** What starts runs by events, and tells triggers of the ends of runs, stands on this. */
export function triggersDeps(get: Get): TriggersDeps & Parameters<typeof tellRunEnds>[0] {
  const { log, events, triggers, ring } = get(parts.stores);
  return {
    ...{ log, events, triggers, ring, hasLeft: leaverFinder(get) },
    ...{ runs: get(parts.runs), history: get(parts.history), catalogue: get(parts.catalogue) },
    ...{ tally: get(parts.triggerCounters), clock: get(parts.clock), logger: get(parts.logger) },
  };
}
