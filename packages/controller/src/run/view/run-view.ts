import { LongarmError, sealedMarker, type Bytes, type LogEntry, type Outcome, type RunStatus } from "@longarm/shared";
import { foldRecord, freshRun, type Resolution, type RunState } from "../../decide/fold-run.ts";
import { mayHaveActed } from "../../decide/retry.ts";
import { endByMs } from "../../decide/run-terms.ts";
import { secretsReadableMs } from "../../decide/secret-outputs.ts";
import type { StoredRecord, StoredRun } from "../../ports/run-log.ts";
import type { CallView, LogEntryView, RunView, WaitView } from "../../ports/run-service.ts";
import { viewOrigin } from "./view-origin.ts";
import { roundedMs } from "./rounded.ts";
import { isSealedMember } from "../sealed-members.ts";

const shownCalls = 50;

/** A record as it was stored, whoever stored it. */
export type SeenRecord = Pick<StoredRecord, "position" | "timeMs" | "entries">;

/** As much of a run as can be shown: its submission and what has been recorded so far. */
export interface SeenRun extends Pick<StoredRun, "submission"> {
  readonly records: readonly SeenRecord[];
}

/** The state that a run's whole log adds up to. */
export function stateOf(run: SeenRun): RunState {
  return run.records.reduce(
    (state, record) => foldRecord(state, { epoch: record.position.epoch, timeMs: record.timeMs, entries: record.entries }),
    freshRun,
  );
}

export function statusOf(state: RunState): RunStatus {
  if (state.completed) return state.completed.status;
  if (state.parked) return "waiting";
  return state.owner === null ? "queued" : "running";
}

/** A run as JSON; `input` and `output` come already masked. */
export function toRunView(
  run: SeenRun,
  shown: {
    readonly input: unknown;
    readonly output: unknown;
    readonly hasSecrets?: boolean;
    readonly progress: RunView["progress"];
    readonly nowMs: number;
  },
): RunView {
  const state = stateOf(run);
  const { submission } = run;
  return {
    id: submission.runId,
    action: submission.action,
    connection: submission.connection,
    status: statusOf(state),
    lane: submission.lane,
    submittedBy: submission.principal,
    origin: viewOrigin(submission.origin),
    dryRun: submission.dryRun,
    input: shown.input,
    output: shown.output,
    callCount: state.outcomes.length,
    calls: state.outcomes.slice(-shownCalls).map(toCallView),
    progress: shown.progress,
    waiting: waitOf(state),
    error: state.completed?.error ?? null,
    ...(state.resolved && { resolved: resolutionView(state.resolved) }),
    ...(state.verdict && { approval: verdictView(state.verdict) }),
    ...(shown.hasSecrets === true && state.endedAtMs !== null && { secrets: secretsView(submission.principal, state.endedAtMs, state) }),
    submittedAt: time(submission.submittedAtMs),
    startedAt: timeOrNull(state.startedAtMs),
    endedAt: timeOrNull(state.endedAtMs),
    ...clocksOf(run, state, shown.nowMs),
    cancelRequestedAt: timeOrNull(state.cancelRequestedAtMs),
  };
}

function clocksOf(
  { submission }: SeenRun,
  { startedAtMs, endedAtMs }: RunState,
  nowMs: number,
): Pick<RunView, "queuedMs" | "runningMs" | "startBy" | "endBy"> {
  const { submittedAtMs, terms } = submission;
  const untilMs = endedAtMs ?? nowMs;
  return {
    // Written and read by clocks of different machines.
    queuedMs: Math.max(0, (startedAtMs ?? untilMs) - submittedAtMs),
    runningMs: startedAtMs === null ? null : Math.max(0, untilMs - startedAtMs),
    startBy: timeOrNull(terms?.startByMs ?? null),
    endBy: timeOrNull(endByMs(submission, startedAtMs)),
  };
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : time(ms);
}

export function toCallView(outcome: Outcome): CallView {
  const { call, executor, record } = outcome;
  return {
    id: call.callId,
    method: call.method,
    path: call.target.split("?", 1)[0] ?? "",
    attempt: outcome.attempt,
    executor: executor.kind === "agent" ? { kind: "agent", id: executor.agentId, name: executor.agentName } : { kind: "local" },
    why: executor.why,
    status: outcome.status,
    effect: outcome.effect,
    outcome: outcomeWord(outcome),
    oktaRequestId: typeof record["oktaRequestId"] === "string" ? record["oktaRequestId"] : null,
    queuedMs: roundedMs(outcome.queuedMs),
    sentMs: typeof record["totalMs"] === "number" ? roundedMs(record["totalMs"]) : null,
    error: outcome.error,
    ...policyOf(outcome),
    ...journalOf(outcome),
    ...(outcome.isReconciled === true && { reconciled: true as const }),
  };
}

/** What the agent told of its site's policy with the call, or with its denial. */
function policyOf({ record, error }: Outcome): Pick<CallView, "policy"> {
  const hash = record["policyHash"] ?? error?.details?.["policyHash"];
  const rule = record["policyRule"] ?? error?.details?.["rule"];
  return typeof hash === "string" ? { policy: { hash, ...(typeof rule === "string" && { rule }) } } : {};
}

/** Where the agent says that its journal holds the same. */
function journalOf({ record: { journalId: id, journalHash: hash } }: Outcome): Pick<CallView, "journal"> {
  return typeof id === "string" && typeof hash === "string" ? { journal: { id, hash } } : {};
}

function outcomeWord(outcome: Outcome): CallView["outcome"] {
  if (outcome.result !== "response") return outcome.result;
  const end = { kind: "response", status: outcome.status ?? 0 } as const;
  if (outcome.effect !== "read" && mayHaveActed(end)) return "unknown";
  return end.status >= 200 && end.status < 300 ? "applied" : "rejected";
}

/** A step's output as people see it: what is sealed in it is told to be so; what stands beside the log is left to the child's run. */
function shownOutput(output: Bytes | null): unknown {
  if (output === null) return null;
  if (output.kind === "blob") return { $bytes: output.blob.length };
  return JSON.parse(new TextDecoder().decode(output.bytes), (_name, value: unknown) =>
    isSealedMember(value) ? sealedMarker : value,
  ) as unknown;
}

/** The records of the log as people see them: what happened, without bodies. */
export function toLogView(records: readonly StoredRecord[]): readonly LogEntryView[] {
  return records.flatMap((record) =>
    record.entries.map((entry) => ({
      sequence: record.position.sequence,
      time: time(record.timeMs),
      epoch: record.position.epoch,
      kind: entry.kind,
      facts: factsOf(entry),
    })),
  );
}

function factsOf(entry: LogEntry): Readonly<Record<string, unknown>> {
  switch (entry.kind) {
    case "claimed":
      return { controllerId: entry.controllerId };
    case "intent":
      return {
        callId: entry.call.callId,
        attempt: entry.attempt,
        method: entry.call.method,
        path: entry.call.target.split("?", 1)[0],
        effect: entry.effect,
        executor: entry.executor,
      };
    case "outcome":
      return { ...toCallView(entry) };
    case "parked":
      return { ...waitView(entry) };
    case "completed":
      return { status: entry.status, error: entry.error };
    case "cancelRequested":
    case "secretsRead":
      return { principal: entry.principal };
    case "approved":
    case "denied":
      return { principal: entry.principal, note: entry.note };
    case "resolved":
      return { principal: entry.principal, status: entry.status, note: entry.note };
    case "stepBegun": {
      const { path, step, name, child, untilMs } = entry;
      const input: unknown = entry.input === null ? undefined : JSON.parse(entry.input);
      return {
        path,
        step,
        name,
        ...(input !== undefined && { input }),
        ...(child && { run: child }),
        ...(untilMs !== null && { until: time(untilMs) }),
      };
    }
    case "stepEnded":
      return { path: entry.path, ...(entry.error ? { error: entry.error } : { output: shownOutput(entry.output) }) };
    case "resumed":
      return {};
  }
}

function waitOf(state: RunState): WaitView | null {
  return state.parked && !state.completed ? waitView(state.parked) : null;
}

function resolutionView({ principal, note, atMs }: Resolution): NonNullable<RunView["resolved"]> {
  return { by: principal, note, at: time(atMs) };
}

function verdictView({ kind: verdict, principal, note, atMs }: NonNullable<RunState["verdict"]>): NonNullable<RunView["approval"]> {
  return { verdict, by: principal, note, at: time(atMs) };
}

function secretsView(submitter: string, endedAtMs: number, { secretsRead }: RunState): NonNullable<RunView["secrets"]> {
  return { for: submitter, readableUntil: time(endedAtMs + secretsReadableMs), readAt: timeOrNull(secretsRead?.atMs ?? null) };
}

function waitView(parked: NonNullable<RunState["parked"]>): WaitView {
  const { reason, sentence, sinceMs, untilMs } = parked;
  return { reason, sentence, since: time(sinceMs), until: untilMs === null ? null : time(untilMs) };
}

/** RFC 3339. */
export function time(ms: number): string {
  if (!Number.isFinite(ms)) throw new LongarmError("sealed_record_rejected", "A stored time is no time.");
  return new Date(ms).toISOString();
}
