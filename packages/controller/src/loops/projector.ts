import { isBeforeStart, LongarmError, type Clock, type LogEntry, type RunId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { startByMs } from "../decide/run-terms.ts";
import type { RunChange, RunHistory } from "../ports/run-history.ts";
import type { LogEvent, RunLog } from "../ports/run-log.ts";
import type { RunSignals } from "../run/run-signals.ts";

interface Deps {
  readonly log: RunLog;
  readonly history: RunHistory;
  readonly signals: RunSignals;
  /** Told of each run that the history has taken in something of. */
  readonly onChanged?: (run: RunId) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

const pauseAfterFaultMs = 500;

/** Follows the run log into the projection, and tells this process what it says. Resolves when the signal is aborted. */
export async function project(deps: Deps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const events of deps.log.follow(deps.history.position(), signal)) takeIn(deps, events);
    } catch (reason) {
      deps.logger.warn({ reason: LongarmError.from(reason).message }, "The run log could not be followed; trying again.");
    }
    if (!signal.aborted) await deps.clock.sleep(pauseAfterFaultMs, signal).catch(() => undefined);
  }
}

function takeIn({ history, signals, onChanged }: Deps, events: readonly LogEvent[]): void {
  const newest = events.at(-1);
  if (!newest) return;
  history.apply(events.flatMap(changesOf), { sequence: newest.sequence, timeMs: newest.timeMs });
  for (const event of events) {
    if (event.kind !== "removed") onChanged?.(event.kind === "record" ? event.runId : event.submission.runId);
    if (event.kind !== "record") continue;
    for (const entry of event.entries) {
      if (entry.kind === "completed") signals.tellOfLog(event.runId, "finished");
      if (entry.kind === "cancelRequested") signals.tellOfLog(event.runId, "cancelRequested");
      if (entry.kind === "approved" || entry.kind === "denied") signals.tellOfLog(event.runId, "judged");
    }
  }
}

function changesOf(event: LogEvent): readonly RunChange[] {
  if (event.kind === "removed") return [{ id: event.ended.runId, removed: true }];
  if (event.kind === "record") return event.entries.flatMap((entry) => changeOf(event, entry));
  const { runId: id, action, connection, lane, principal, origin = null, submittedAtMs } = event.submission;
  const startBy = startByMs(event.submission);
  return [{ id, action, connection, lane, principal, submittedAt: submittedAtMs, status: "queued", startBy, origin }];
}

function changeOf(event: Extract<LogEvent, { kind: "record" }>, entry: LogEntry): readonly RunChange[] {
  const id = event.runId;
  switch (entry.kind) {
    case "claimed":
      return [{ id, owner: entry.controllerId, epoch: event.epoch, status: "running", startedAt: event.timeMs }];
    case "intent":
      return [{ id, status: "running", ...agentOf(entry) }];
    case "outcome":
      return [{ id, status: "running", calls: 1, ...agentOf(entry) }];
    case "parked":
      return [{ id, status: "waiting", waitingFor: entry.reason, ...(isBeforeStart(entry) && { startedAt: null }) }];
    case "resumed":
      return [{ id, status: "running", ...(entry.starts === true && { startedAt: event.timeMs }) }];
    case "completed":
      return [{ id, status: entry.status, endedAt: event.timeMs, errorCode: entry.error?.code ?? null }];
    case "resolved":
      return [{ id, status: entry.status }];
    case "cancelRequested":
    case "secretsRead":
    case "approved":
    case "denied":
    case "stepBegun":
    case "stepEnded":
      return [];
  }
}

function agentOf(entry: Extract<LogEntry, { kind: "intent" | "outcome" }>): { agent?: string } {
  return entry.executor.kind === "agent" ? { agent: entry.executor.agentId } : {};
}
