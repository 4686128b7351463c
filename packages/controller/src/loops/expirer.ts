import { LongarmError, type Clock, type RunId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { limitError, nextLimit } from "../decide/run-terms.ts";
import type { RunHistory } from "../ports/run-history.ts";
import type { RunLog } from "../ports/run-log.ts";
import { endQueued } from "../run/steer/end-queued.ts";

interface Deps {
  readonly log: RunLog;
  readonly history: RunHistory;
  readonly clock: Clock;
  readonly logger: Logger;
}

const everyMs = 500;
const atOnce = 100;

/**
 * Ends the runs that have queued for longer than they may: no slot need come free for that. Every controller tries; the run's log lets one
 * of them succeed, or whoever claims it. Resolves when the signal is aborted.
 */
export async function expire(deps: Deps, signal: AbortSignal): Promise<void> {
  const { history, clock, logger } = deps;
  while (!signal.aborted) {
    try {
      const overdue = history.overdue(clock.nowMs(), atOnce);
      await Promise.all(overdue.map((run) => expireRun(deps, run, signal)));
      if (overdue.length > 0) await clock.sleep(everyMs / 10, signal);
      else await clock.sleep(everyMs, signal);
    } catch (reason) {
      if (signal.aborted) return;
      logger.warn({ reason: LongarmError.from(reason).message }, "Runs that have queued for too long could not be ended; trying again.");
      await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }
}

async function expireRun({ log, clock }: Deps, run: RunId, signal: AbortSignal): Promise<void> {
  const stored = await log.read(run);
  const limit = stored && nextLimit(stored.submission, null);
  // The projection may be behind the log, never the log behind itself.
  if (!limit || limit.atMs > clock.nowMs()) return;
  await endQueued(log, run, { error: limitError(limit, stored.submission), signal });
}
