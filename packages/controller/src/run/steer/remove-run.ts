import { isFinished, LongarmError, type Clock, type EndedRun, type RunId } from "@longarm/shared";
import type { EndedRuns } from "../../ports/ended-runs.ts";
import type { RunLog, StoredRun } from "../../ports/run-log.ts";
import type { RunView } from "../../ports/run-service.ts";
import { stateOf, statusOf, time } from "../view/run-view.ts";

/** What a removal stands on. */
export interface RemovalDeps {
  readonly log: Pick<RunLog, "read">;
  readonly ended: EndedRuns;
  readonly clock: Clock;
  /** How long a removed run's idempotency key goes on meaning it. */
  readonly keepKeysMs: number;
}

/**
 * Removes a finished run: what must be kept of it is stored first, then the rest is purged. Interrupted in between, the run is
 * gone all the same, and the rest is purged by the sweeper. Throws `unknown_run`, and `invalid_state` for a run that has not finished.
 */
export async function removeRun(deps: RemovalDeps, id: RunId, by: string): Promise<void> {
  const run = await deps.log.read(id);
  if (!run) throw await absentRun(deps, id);
  const ended = endedOf(run, { removedAtMs: deps.clock.nowMs(), removedBy: by });
  // Somebody else may have been quicker; what is stored then means the same.
  await deps.ended.keep(ended, deps.keepKeysMs);
  await deps.ended.purge(id);
}

/** The `unknown_run` of an id: nobody knows it, or the run was removed, and when. */
export async function absentRun({ ended }: Pick<RemovalDeps, "ended">, id: RunId): Promise<LongarmError> {
  const kept = await ended.get(id);
  if (!kept) return new LongarmError("unknown_run", `No run has the id ${id}.`);
  const [removedAt, endedAt] = [time(kept.removedAtMs), time(kept.endedAtMs)];
  const message = `${id} was removed at ${removedAt} by ${kept.removedBy}; it had ended as ${kept.status} at ${endedAt}.`;
  return new LongarmError("unknown_run", message, {
    details: { runId: id, removedAt, removedBy: kept.removedBy, status: kept.status, endedAt },
  });
}

/** A removed run as far as it is still known. */
export function toEndedView(ended: EndedRun): RunView {
  const { runId, action, connection, status, lane, dryRun, submittedAtMs, startedAtMs, endedAtMs } = ended;
  return {
    ...{ id: runId, action, connection, status, lane, submittedBy: null, origin: null, dryRun },
    ...{ input: null, output: null, callCount: 0, calls: [], progress: null, waiting: null, error: null },
    submittedAt: time(submittedAtMs),
    startedAt: startedAtMs === null ? null : time(startedAtMs),
    endedAt: time(endedAtMs),
    queuedMs: Math.max(0, (startedAtMs ?? endedAtMs) - submittedAtMs),
    runningMs: startedAtMs === null ? null : Math.max(0, endedAtMs - startedAtMs),
    ...{ startBy: null, endBy: null, cancelRequestedAt: null },
    removedAt: time(ended.removedAtMs),
  };
}

function endedOf(run: StoredRun, removal: Pick<EndedRun, "removedAtMs" | "removedBy">): EndedRun {
  const state = stateOf(run);
  const status = statusOf(state);
  const { runId, action, connection, lane, dryRun, fingerprint, submittedAtMs } = run.submission;
  if (!isFinished(status) || state.endedAtMs === null) {
    const message = `${runId} is ${status}; only a finished run can be removed. Cancel it first: longarm runs cancel ${runId}.`;
    throw new LongarmError("invalid_state", message, { details: { runId, status } });
  }
  const times = { submittedAtMs, startedAtMs: state.startedAtMs, endedAtMs: state.endedAtMs };
  return { runId, action, connection, lane, dryRun, fingerprint, status, ...times, ...removal };
}
