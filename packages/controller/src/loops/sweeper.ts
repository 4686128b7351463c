import { LongarmError, type RunId } from "@longarm/shared";
import { auditedActs } from "@longarm/shared/audit";
import type { Logger } from "@longarm/shared/logger";
import type { AuditTrail } from "../ports/audit.ts";
import { isExpired, planSweep, type SweepPlan } from "../decide/retention.ts";
import type { FinishedRun, SweepList } from "../ports/sweep-list.ts";
import { removeRun, type RemovalDeps } from "../run/steer/remove-run.ts";
import { stateOf, statusOf } from "../run/view/run-view.ts";

interface Deps extends RemovalDeps {
  readonly history: SweepList;
  readonly trail: Pick<AuditTrail, "record">;
  readonly keepRunsMs: number;
  readonly logger: Logger;
}

/** Who removes what is kept no longer, as the audit and the removed run name it. */
const retention = "retention";
const pageSize = 200;
// An fsync or two each: as many as leave the broker's disk to the runs that are carried.
const atOnce = 4;

/**
 * Removes what is kept no longer, and finishes removals that were cut off. Every controller may do it beside the others: each
 * looks into its own view of the log, and the log itself decides. Resolves when the signal is aborted.
 */
export async function sweep(deps: Deps, signal: AbortSignal): Promise<void> {
  const { clock, keepRunsMs, logger } = deps;
  while (!signal.aborted) {
    const plan = planSweep(keepRunsMs, { nowMs: clock.nowMs(), jitter: Math.random() });
    try {
      await sweepOnce(deps, plan, signal);
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "Old runs could not be swept; trying again.");
    }
    await clock.sleep(plan.pauseMs, signal).catch(() => undefined);
  }
}

/** One look: removals that were cut off first, then what has expired. */
export async function sweepOnce(deps: Deps, plan: SweepPlan, signal: AbortSignal): Promise<void> {
  await finishRemovals(deps, signal);
  let after: FinishedRun | undefined;
  let removed = 0;
  while (!signal.aborted) {
    const page = deps.history.finished(plan.endedBefore, { limit: pageSize, ...(after && { after }) });
    const over = await someAtOnce(page, signal, async ({ id }) => ((await isOver(deps, id, plan)) ? [id] : []));
    // Before the first of them goes: what anchors hold of a run is missed unless the audit says that it was removed.
    if (over.length > 0) await deps.trail.record({ principal: retention, what: auditedActs.sweepRuns, on: over });
    removed += (await someAtOnce(over, signal, async (id) => ((await expire(deps, id)) ? [id] : []))).length;
    after = page.at(-1);
    if (page.length < pageSize) break;
  }
  if (removed > 0) deps.logger.info({ removed }, "Runs were removed because their time of retention was over.");
}

async function finishRemovals(deps: Deps, signal: AbortSignal): Promise<void> {
  for (let page = deps.history.removed(pageSize); page.length > 0 && !signal.aborted; page = deps.history.removed(pageSize)) {
    for (const id of page) {
      await finishRemoval(deps, id);
      deps.history.settle(id);
    }
  }
}

async function finishRemoval({ ended, logger }: Deps, id: RunId): Promise<void> {
  try {
    await ended.purge(id);
  } catch (reason) {
    const fault = LongarmError.from(reason);
    if (fault.code !== "sealed_record_rejected") throw fault;
    logger.error({ runId: id, reason: fault.message }, "A removal could not be finished: what is kept of the run does not open.");
  }
}

async function someAtOnce<T>(
  list: readonly T[],
  signal: AbortSignal,
  work: (one: T) => Promise<readonly RunId[]>,
): Promise<readonly RunId[]> {
  const done: RunId[] = [];
  for (let from = 0; from < list.length && !signal.aborted; from += atOnce)
    done.push(...(await Promise.all(list.slice(from, from + atOnce).map(work))).flat());
  return done;
}

/** The view may be wrong or old: what the log itself says counts. A run that cannot be read is kept, for somebody to look at. */
async function isOver(deps: Deps, id: RunId, plan: SweepPlan): Promise<boolean> {
  const { log, ended, history } = deps;
  return unlessKept(deps, id, async () => {
    const run = await log.read(id);
    if (run) {
      const state = stateOf(run);
      return isExpired({ status: statusOf(state), endedAtMs: state.endedAtMs }, plan);
    }
    // Removed while this controller was away, and what was kept of it has gone since.
    if (!(await ended.get(id))) history.settle(id);
    return false;
  });
}

function expire(deps: Deps, id: RunId): Promise<boolean> {
  return unlessKept(deps, id, async () => {
    await removeRun(deps, id, retention);
    return true;
  });
}

async function unlessKept({ logger }: Deps, id: RunId, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (reason) {
    const fault = LongarmError.from(reason);
    if (fault.code === "broker_unavailable" || fault.code === "storage_full") throw fault;
    if (fault.code !== "unknown_run")
      logger.warn({ runId: id, code: fault.code }, "A run whose time is over could not be removed; it is kept.");
    return false;
  }
}
