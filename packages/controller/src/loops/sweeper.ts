import { LongarmError, type RunId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { isExpired, planSweep, type SweepPlan } from "../decide/retention.ts";
import type { FinishedRun, SweepList } from "../ports/sweep-list.ts";
import { removeRun, type RemovalDeps } from "../run/remove-run.ts";
import { stateOf, statusOf } from "../run/run-view.ts";

interface Deps extends RemovalDeps {
  readonly history: SweepList;
  readonly keepRunsMs: number;
  readonly logger: Logger;
}

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
    for (let from = 0; from < page.length && !signal.aborted; from += atOnce) {
      const results = await Promise.all(page.slice(from, from + atOnce).map(({ id }) => expire(deps, id, plan)));
      removed += results.filter(Boolean).length;
    }
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

/** The view may be wrong or old: what the log itself says counts. A run that cannot be read is kept, for somebody to look at. */
async function expire(deps: Deps, id: RunId, plan: SweepPlan): Promise<boolean> {
  const { log, ended, history, logger } = deps;
  try {
    const run = await log.read(id);
    if (run) {
      const state = stateOf(run);
      if (!isExpired({ status: statusOf(state), endedAtMs: state.endedAtMs }, plan)) return false;
      await removeRun(deps, id, "retention");
      return true;
    }
    // Removed while this controller was away, and what was kept of it has gone since.
    if (!(await ended.get(id))) history.settle(id);
  } catch (reason) {
    const fault = LongarmError.from(reason);
    if (fault.code === "broker_unavailable" || fault.code === "storage_full") throw fault;
    if (fault.code !== "unknown_run")
      logger.warn({ runId: id, code: fault.code }, "A run whose time is over could not be removed; it is kept.");
  }
  return false;
}
