import type { EffectClass } from "../effect.ts";
import { LongarmError, type ErrorBody } from "../errors.ts";
import { parseId } from "../ids.ts";
import { lanes, runStatuses, type Lane, type RunStatus } from "../run.ts";
import {
  originKinds,
  stepKinds,
  type Attempt,
  type Bytes,
  type CallIdentity,
  type Completed,
  type EndedRun,
  type ExecutorChoice,
  type KeptPage,
  type LogEntry,
  type Outcome,
  type RunOrigin,
  type StepBegun,
  type Submission,
} from "../run-record.ts";
import type { RetryWish, RunTerms } from "../run-terms.ts";
import { longarm } from "./gen/wire.js";

const wire = longarm.v1;
const text = new TextDecoder();
const bytes = new TextEncoder();

/** A submission as the bytes that are sealed and stored. */
export function encodeSubmission(submission: Submission): Uint8Array {
  const { terms = {}, connections = [], chain, ...rest } = submission;
  const { retry, ...others } = terms;
  const json = { input: bytes.encode(JSON.stringify(submission.input)), ...(retry && { retry: JSON.stringify(retry) }) };
  const behind = chain && { chainDepth: chain.depth, behind: [...chain.behind] };
  return wire.Submission.encode({ ...rest, ...others, ...json, ...behind, connections: [...connections] }).finish();
}

/** Throws `sealed_record_rejected` when the bytes are no submission. */
export function decodeSubmission(stored: Uint8Array): Submission {
  return reading("submission", () => {
    const found = wire.Submission.decode(stored);
    return {
      runId: parseId("run", found.runId),
      action: found.action,
      actionVersion: found.actionVersion,
      connection: found.connection ?? null,
      ...(found.connections.length > 0 && { connections: found.connections }),
      input: JSON.parse(text.decode(found.input)) as unknown,
      lane: readLane(found.lane),
      deadlineMs: found.deadlineMs ?? null,
      narrowedTo: found.narrowedTo ?? null,
      principal: found.principal,
      fingerprint: found.fingerprint,
      submittedAtMs: found.submittedAtMs,
      dryRun: found.dryRun,
      ...termsFromWire(found),
      ...originFromWire(found.origin),
      ...(typeof found.chainDepth === "number" && { chain: { depth: found.chainDepth, behind: found.behind } }),
    };
  });
}

function originFromWire(found: longarm.v1.RunOrigin.$Shape | null | undefined): { origin?: RunOrigin } {
  if (!found) return {};
  const { kind = "", name = "", slotMs } = found;
  return { origin: { kind: readOriginKind(kind), name, ...(typeof slotMs === "number" && { slotMs }) } };
}

function termsFromWire(found: longarm.v1.Submission.$Shape): { terms?: RunTerms } {
  const { retry, concurrencyKey, concurrencyLimit, startByMs, runWithinMs } = found;
  const terms: RunTerms = {
    ...(typeof retry === "string" && { retry: JSON.parse(retry) as RetryWish }),
    ...(typeof concurrencyKey === "string" && { concurrencyKey }),
    ...(typeof concurrencyLimit === "number" && { concurrencyLimit }),
    ...(typeof startByMs === "number" && { startByMs }),
    ...(typeof runWithinMs === "number" && { runWithinMs }),
  };
  return Object.keys(terms).length > 0 ? { terms } : {};
}

/** What is kept of a removed run, as the bytes that are sealed and stored. */
export function encodeEndedRun(ended: EndedRun): Uint8Array {
  return wire.EndedRun.encode(ended).finish();
}

/** Throws `sealed_record_rejected` when the bytes tell of no removed run. */
export function decodeEndedRun(stored: Uint8Array): EndedRun {
  return reading("removed run", () => {
    const found = wire.EndedRun.decode(stored);
    const { action, dryRun, fingerprint, submittedAtMs, endedAtMs, removedAtMs, removedBy } = found;
    return {
      runId: parseId("run", found.runId),
      connection: found.connection ?? null,
      lane: readLane(found.lane),
      status: readStatus(found.status),
      startedAtMs: found.startedAtMs ?? null,
      ...{ action, dryRun, fingerprint, submittedAtMs, endedAtMs, removedAtMs, removedBy },
    };
  });
}

/** Entries that became true together, as the bytes of one log record. */
export function encodeEntries(entries: readonly LogEntry[]): Uint8Array {
  return wire.LogRecord.encode({ entries: entries.map(toWire) }).finish();
}

/** Throws `sealed_record_rejected` when the bytes are no log record, or hold an entry of a later version. */
export function decodeEntries(stored: Uint8Array): readonly LogEntry[] {
  return reading("log record", () => wire.LogRecord.decode(stored).entries.map((entry) => fromWire(entry as longarm.v1.LogEntry.$Shape)));
}

/** A kept page as the bytes that are sealed and stored. */
export function encodeKeptPage(page: KeptPage): Uint8Array {
  const { items, ...head } = page;
  return wire.KeptPage.encode({ ...head, itemIds: [...page.itemIds], ...toWireBytes(items) }).finish();
}

/** Throws `sealed_record_rejected` when the bytes are no kept page. */
export function decodeKeptPage(stored: Uint8Array): KeptPage {
  return reading("kept page", () => {
    const page = wire.KeptPage.decode(stored);
    const { ordinal, itemCount, itemsBefore, itemIds, droppedSoFar, truncated } = page;
    return {
      ordinal,
      itemCount,
      itemsBefore,
      itemIds,
      droppedSoFar,
      truncated,
      next: page.next ?? null,
      items: fromWireBytes(page.inline, page.blob) ?? emptyBytes,
    };
  });
}

const emptyBytes: Bytes = { kind: "inline", bytes: new Uint8Array() };

function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (reason) {
    if (reason instanceof LongarmError && reason.code === "sealed_record_rejected") throw reason;
    throw new LongarmError("sealed_record_rejected", `A stored ${what} could not be read: ${LongarmError.from(reason).message}`, {
      cause: reason,
    });
  }
}

function readOriginKind(kind: string): RunOrigin["kind"] {
  const found = originKinds.find((known) => known === kind);
  if (found) return found;
  throw new LongarmError("sealed_record_rejected", `A stored run was started by "${kind}", which this version does not know.`);
}

function readLane(lane: string): Lane {
  const known = lanes.find((candidate) => candidate === lane);
  if (known) return known;
  throw new LongarmError("sealed_record_rejected", `A stored submission names the lane "${lane}", which this version does not know.`);
}

function readStatus(status: string): RunStatus {
  const known = runStatuses.find((candidate) => candidate === status);
  if (known) return known;
  throw new LongarmError("sealed_record_rejected", `A removed run has the status "${status}", which this version does not know.`);
}

type WireBody = { inline: Uint8Array } | { blob: longarm.v1.BlobRef.$Shape } | object;

function toWireBytes(value: Bytes | null): WireBody {
  if (value === null) return {};
  return value.kind === "inline" ? { inline: value.bytes } : { blob: value.blob };
}

function fromWireBytes(inline: Uint8Array | null | undefined, blob: longarm.v1.BlobRef.$Properties | null | undefined): Bytes | null {
  if (blob) return { kind: "blob", blob: wire.BlobRef.create(blob) };
  return inline ? { kind: "inline", bytes: inline } : null;
}

function toWire(entry: LogEntry): longarm.v1.LogEntry.$Properties {
  switch (entry.kind) {
    case "claimed":
      return { claimed: { controllerId: entry.controllerId } };
    case "intent":
      return { intent: entry };
    case "outcome":
      return { outcome: outcomeToWire(entry) };
    case "parked":
      return { parked: entry };
    case "resumed":
      return { resumed: { starts: entry.starts ?? false } };
    case "completed":
      return { completed: { status: entry.status, error: errorToWire(entry.error), ...toWireBytes(entry.output) } };
    case "cancelRequested":
      return { cancelRequested: { principal: entry.principal } };
    case "resolved":
      return { resolved: entry };
    case "secretsRead":
      return { secretsRead: { principal: entry.principal } };
    case "approved":
      return { approved: entry };
    case "denied":
      return { denied: entry };
    case "stepBegun":
      return { stepBegun: entry };
    case "stepEnded":
      return { stepEnded: { path: entry.path, atMs: entry.atMs, error: errorToWire(entry.error), ...toWireBytes(entry.output) } };
  }
}

function outcomeToWire(entry: Outcome): longarm.v1.Outcome.$Properties {
  const { call, attempt, effect, executor, result, status, queuedMs, superseded, isReconciled = false } = entry;
  const json = { headers: JSON.stringify(entry.headers), record: JSON.stringify(entry.record), error: errorToWire(entry.error) };
  return { call, attempt, effect, executor, result, status, queuedMs, superseded, isReconciled, ...json, ...toWireBytes(entry.body) };
}

function errorToWire(error: ErrorBody | null): string | null {
  return error === null ? null : JSON.stringify(error);
}

function errorFromWire(error: string | null | undefined): ErrorBody | null {
  return error ? (JSON.parse(error) as ErrorBody) : null;
}

function fromWire(entry: longarm.v1.LogEntry.$Shape): LogEntry {
  switch (entry.kind) {
    case "claimed":
      return { kind: "claimed", controllerId: parseId("controller", entry.claimed.controllerId ?? "") };
    case "intent": {
      const { notAfterMs, resumeAt, journalId } = entry.intent;
      const times = { notAfterMs: notAfterMs ?? 0, resumeAt: resumeAt ?? null };
      return { kind: "intent", ...attemptFromWire(entry.intent), ...times, ...(journalId && { journalId }) };
    }
    case "outcome":
      return outcomeFromWire(entry.outcome);
    case "parked": {
      const { reason, sentence, sinceMs, untilMs, ordinal, stage } = wire.Parked.create(entry.parked);
      return { kind: "parked", reason, sentence, sinceMs, untilMs: untilMs ?? null, ordinal, stage };
    }
    case "resumed":
      return { kind: "resumed", ...(entry.resumed.starts === true && { starts: true }) };
    case "completed":
      return completedFromWire(entry.completed);
    case "cancelRequested":
      return { kind: "cancelRequested", principal: entry.cancelRequested.principal ?? "" };
    case "resolved": {
      const { principal, status, note } = wire.Resolved.create(entry.resolved);
      return { kind: "resolved", principal, status: status === "succeeded" ? "succeeded" : "failed", note };
    }
    case "secretsRead":
      return { kind: "secretsRead", principal: entry.secretsRead.principal ?? "" };
    case "approved":
      return { kind: "approved", ...verdictFromWire(entry.approved) };
    case "denied":
      return { kind: "denied", ...verdictFromWire(entry.denied) };
    case "stepBegun":
      return stepBegunFromWire(entry.stepBegun);
    case "stepEnded": {
      const { path, inline, blob, error, atMs } = entry.stepEnded;
      return { kind: "stepEnded", path: path ?? "", output: fromWireBytes(inline, blob), error: errorFromWire(error), atMs: atMs ?? 0 };
    }
    default:
      throw new LongarmError(
        "sealed_record_rejected",
        "A stored log record holds an entry that this version does not know; upgrade this controller.",
      );
  }
}

function stepBegunFromWire(stored: longarm.v1.StepBegun.$Shape): StepBegun {
  const { path, step, name, inputHash, input, child, untilMs, afterSequence } = wire.StepBegun.create(stored);
  const known = stepKinds.find((kind) => kind === step);
  if (!known) throw new LongarmError("sealed_record_rejected", `A stored step is a "${step}", which this version does not know.`);
  const run = child ? parseId("run", child) : null;
  const times = { untilMs: untilMs ?? null, ...(typeof afterSequence === "number" && { afterSequence }) };
  return { kind: "stepBegun", path, step: known, name, inputHash, input: input ?? null, child: run, ...times };
}

function verdictFromWire({ principal, note }: longarm.v1.Verdict.$Shape): { readonly principal: string; readonly note: string } {
  return { principal: principal ?? "", note: note ?? "" };
}

function outcomeFromWire(stored: longarm.v1.Outcome.$Shape): Outcome {
  return {
    kind: "outcome",
    ...attemptFromWire(stored),
    result: stored.result as Outcome["result"],
    status: stored.status ?? null,
    headers: JSON.parse(stored.headers || "{}") as Record<string, string>,
    body: fromWireBytes(stored.inline, stored.blob),
    record: JSON.parse(stored.record || "{}") as Record<string, unknown>,
    queuedMs: stored.queuedMs ?? 0,
    error: errorFromWire(stored.error),
    superseded: stored.superseded ?? false,
    ...(stored.isReconciled === true && { isReconciled: true }),
  };
}

function completedFromWire(stored: longarm.v1.Completed.$Shape): Completed {
  const status = stored.status as Completed["status"];
  return { kind: "completed", status, output: fromWireBytes(stored.inline, stored.blob), error: errorFromWire(stored.error) };
}

interface WireAttempt {
  call?: longarm.v1.CallIdentity.$Properties | null;
  attempt?: number | null;
  effect?: string | null;
  executor?: longarm.v1.Executor.$Properties | null;
}

function attemptFromWire(stored: WireAttempt): Attempt {
  const { callId, branch, ordinal, method, target, bodyHash } = wire.CallIdentity.create(stored.call ?? {});
  const call: CallIdentity = { callId: parseId("call", callId), branch, ordinal, method, target, bodyHash };
  return { call, attempt: stored.attempt ?? 1, effect: stored.effect as EffectClass, executor: executorFromWire(stored.executor ?? {}) };
}

function executorFromWire(stored: longarm.v1.Executor.$Properties): ExecutorChoice {
  const { kind, agentId, agentName, why } = wire.Executor.create(stored);
  if (kind !== "agent") return { kind: "local", why };
  return { kind: "agent", agentId: parseId("agent", agentId ?? ""), agentName: agentName ?? "", why };
}
