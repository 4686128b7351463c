import { LongarmError } from "@longarm/shared";
import type { Call, Executor, Run } from "../api/types.ts";
import type { Shell } from "../shell.ts";
import { reportFault } from "./fault.ts";
import { secretsFact } from "../secrets/give-secrets.ts";
import { counted } from "./counted.ts";
import { shownProgress } from "./pace.ts";
import { evidenceFacts } from "./evidence.ts";
import { plainLine } from "./plain.ts";
import { shownMs, shownSpan, shownTime } from "./times.ts";

const looks = {
  succeeded: "green",
  failed: "red",
  cancelled: "yellow",
  outcome_unknown: "magenta",
  waiting: "yellow",
  running: "cyan",
  queued: "dim",
} as const;

/** A run's status in its colour. */
export function lookOfStatus(status: string): "green" | "red" | "yellow" | "magenta" | "cyan" | "dim" {
  return looks[status as keyof typeof looks] ?? "dim";
}

/** `local`, or the agent's name. */
export function shownExecutor(executor: Executor): string {
  return executor.kind === "local" ? "local" : plainLine(executor.name ?? "agent");
}

/** `#1 GET /api/v1/users/… 200 local 12 ms (queued 1 ms)`. */
export function callLine(call: Call, number: number): string {
  const attempt = call.attempt > 1 ? ` attempt ${call.attempt}` : "";
  const sent = call.sentMs === null ? "not sent" : shownMs(call.sentMs);
  const isTold = call.outcome === "applied" || (call.outcome === "not_sent" && call.sentMs === null);
  const odd = call.reconciled === true ? " found by reading back" : isTold ? "" : ` ${call.outcome.replace("_", " ")}`;
  const fault = call.error ? ` error[${call.error.code}]` : "";
  const { method, path, status, queuedMs } = call;
  return plainLine(
    `#${number} ${method} ${path} ${status ?? "–"} ${shownExecutor(call.executor)} ${sent} (queued ${shownMs(queuedMs)})${attempt}${odd}${fault}`,
  );
}

/** The numbered lines of calls; `first` is the number of the first one. */
export function timeline(calls: readonly Call[], first = 1): string {
  return calls.map((call, i) => `${callLine(call, first + i)}\n`).join("");
}

function executorsOf(run: Run): string {
  const names = [...new Set(run.calls.map((call) => shownExecutor(call.executor)))];
  return names.length > 0 ? ` · ${names.join(", ")}` : "";
}

/** Calls of a sync's run are counted by their pages alone: they may be millions. */
export function isOfSync({ action }: Pick<Run, "action">): boolean {
  return action.startsWith("sync.");
}

/** One line about what became of a run. */
export function summaryLine(run: Run, nowMs: number): string {
  const items = run.progress ? ` · ${counted(run.progress.items, "item")} in ${counted(run.progress.pages, "page")}` : "";
  const calls = isOfSync(run) ? "" : ` · ${counted(run.callCount, "call")}`;
  return `${run.id} ${run.status} in ${shownSpan(run.submittedAt, run.endedAt, nowMs)}${calls}${items}${executorsOf(run)}`;
}

/** Says on stderr how a run ended; a failure with its error and the next step. */
export function reportEnd(shell: Shell, run: Run): void {
  const [id, ...rest] = summaryLine(run, Date.now()).split(" ");
  shell.note(
    `${shell.noteLook("dim", id ?? "")} ${shell.noteLook(lookOfStatus(run.status), rest[0] ?? "")} ${shell.noteLook("dim", rest.slice(1).join(" "))}`,
  );
  if (run.removedAt !== undefined) shell.note(`This key's run was removed at ${shownTime(run.removedAt)}; what it gave is no longer kept.`);
  if (!run.error) return;
  const { details = {}, ...body } = run.error;
  reportFault(shell, LongarmError.fromBody({ ...body, details: { ...details, runId: run.id } }), false);
}

function startedFact({ startedAt, startBy, endedAt, queuedMs }: Run): string | null {
  if (startedAt !== null) return `${shownTime(startedAt)} (queued ${shownMs(queuedMs)})`;
  if (endedAt !== null) return null;
  return `not yet: queued ${shownMs(queuedMs)}${startBy === null ? "" : `, until ${shownTime(startBy)} at the latest`}`;
}

function ranFor({ runningMs }: Run): string {
  return runningMs === null ? "" : `, ran ${shownMs(runningMs)}`;
}

function approvalFact({ verdict, by, note, at }: NonNullable<Run["approval"]>): string {
  return `${verdict} by ${by} at ${shownTime(at)}${note === "" ? "" : `: ${note}`}`;
}

function originFact({ kind, name, slot }: NonNullable<Run["origin"]>): string {
  if (slot !== null) return `${kind} ${name}, slot ${shownTime(slot)}`;
  return kind === "schedule" ? `${kind} ${name}, by hand` : `${kind} ${name}`;
}

/** Everything that `runs show` tells, but the calls. */
export function runFacts(run: Run, nowMs: number): [name: string, value: string][] {
  const optional: [string, string | null][] = [
    ["connection", run.connection],
    ["started", startedFact(run)],
    ["ends by", run.endedAt === null && run.endBy !== null ? shownTime(run.endBy) : null],
    ["cancelled", run.cancelRequestedAt === null ? null : `asked to stop ${shownTime(run.cancelRequestedAt)}`],
    [
      "ended",
      run.endedAt === null
        ? null
        : `${shownTime(run.endedAt)} (${shownSpan(run.submittedAt, run.endedAt, nowMs)} after its submission)${ranFor(run)}`,
    ],
    ["items", run.progress ? shownProgress(run.progress) : null],
    [
      "waiting for",
      run.waiting
        ? `${run.waiting.sentence} (since ${shownTime(run.waiting.since)}${run.waiting.until === null ? "" : `, until ${shownTime(run.waiting.until)}`})`
        : null,
    ],
    ["input", JSON.stringify(run.input)],
    ["output", run.output === null ? null : JSON.stringify(run.output)],
    ["error", run.error ? `[${run.error.code}] ${run.error.message}` : null],
    ...evidenceFacts(run.error),
    ["secrets", secretsFact(run, nowMs)],
    ["approval", run.approval ? approvalFact(run.approval) : null],
    ["settled", run.resolved ? `as ${run.status} by ${run.resolved.by} at ${shownTime(run.resolved.at)}: ${run.resolved.note}` : null],
  ];
  if (run.origin) optional.unshift(["started by", originFact(run.origin)]);
  const always: [string, string][] = [
    ["run", run.id],
    ["action", run.action],
    ["status", run.status],
    ["lane", run.lane],
    ["submitted", `${shownTime(run.submittedAt)}${run.submittedBy ? ` by ${run.submittedBy}` : ""}`],
  ];
  return [...always, ...optional.filter((fact): fact is [string, string] => fact[1] !== null)];
}
