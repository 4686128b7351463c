import { derivedId, isFinished, LongarmError, newId, type RunId } from "@longarm/shared";
import { createHash } from "node:crypto";
import type { RunFilter, RunListPage, RunRow } from "../../../packages/controller/src/ports/run-history.ts";
import type {
  CallView,
  Judgement,
  LogEntryView,
  RunRequest,
  RunService,
  RunView,
  SecretOutputsView,
  Settlement,
} from "../../../packages/controller/src/ports/run-service.ts";

/** What becomes of a run once somebody waits for it; undefined: it goes on for ever. */
export type Ending = Partial<RunView> | undefined;

const submittedAt = "2026-01-02T03:04:05.000Z";

/** A call as a run shows it. */
export function anyCall(over: Partial<CallView> = {}): CallView {
  return {
    id: newId("call"),
    method: "GET",
    path: "/api/v1/users/00u1",
    attempt: 1,
    executor: { kind: "local" },
    why: "placed locally",
    status: 200,
    effect: "read",
    outcome: "applied",
    oktaRequestId: null,
    queuedMs: 1,
    sentMs: 12,
    error: null,
    ...over,
  };
}

/** Runs that do what a test has scripted: no log, no calls, but the port's promises. */
export class ScriptedRuns implements RunService {
  readonly submitted: RunRequest[] = [];
  readonly runs = new Map<RunId, RunView>();
  readonly callsOf = new Map<RunId, readonly CallView[]>();
  /** By action; absent: succeeds with `{ok: true}`. */
  readonly endings = new Map<string, Ending>();
  /** The items of every stream run. */
  itemsOf: (options: { readonly follow: boolean; readonly signal: AbortSignal }) => AsyncIterable<unknown> = async function* () {};
  readonly listed: { filter: RunFilter; page: { limit: number; cursor?: string } }[] = [];
  readonly #bodies = new Map<RunId, string>();
  /** By the run's id or its action: its secret outputs, given as `RunView.secrets` says. */
  readonly secretsOf = new Map<string, Readonly<Record<string, unknown>>>();
  /** Thrown by the next submission. */
  refusal: LongarmError | undefined;

  async submit(request: RunRequest): Promise<{ run: RunView; created: boolean }> {
    if (this.refusal) throw this.refusal;
    if (request.action.startsWith("okta.nothing"))
      throw new LongarmError("unknown_action", `No action is named "${request.action}"; \`longarm actions\` lists them.`);
    const { idempotencyKey, deadline, preferredLane, ...rest } = request;
    const body = { ...rest, deadline: deadline?.text };
    const id = idempotencyKey === undefined ? newId("run") : derivedId("run", createHash("sha256").update(idempotencyKey).digest());
    const before = this.runs.get(id);
    if (before && this.#bodies.get(id) !== JSON.stringify(body))
      throw new LongarmError("idempotency_conflict", undefined, { details: { runId: id } });
    if (before) return { run: before, created: false };
    this.submitted.push(request);
    this.#bodies.set(id, JSON.stringify(body));
    const { action, connection = null, lane, input } = request;
    const run = this.add({ id, action, connection, lane: preferredLane ?? lane, input });
    return { run, created: true };
  }

  /** Puts a run there, as if it had been submitted. */
  add(over: Partial<RunView> = {}): RunView {
    const blank = {
      action: "okta.user.get",
      connection: "acme",
      status: "queued",
      lane: "standard",
      dryRun: false,
      submittedBy: "tester",
      origin: null,
      input: {},
      output: null,
      callCount: 0,
      calls: [],
    } as const;
    const times = { progress: null, waiting: null, error: null, submittedAt, startedAt: null, endedAt: null };
    const clocks = { queuedMs: 0, runningMs: null, startBy: null, endBy: null, cancelRequestedAt: null };
    const run: RunView = { id: newId("run"), ...blank, ...times, ...clocks, ...over };
    this.runs.set(run.id, run);
    return run;
  }

  async get(id: RunId): Promise<RunView> {
    const run = this.runs.get(id);
    if (run) return run;
    throw new LongarmError("unknown_run", `No run has the id ${id}.`, { details: { runId: id } });
  }

  async wait({ id }: RunView, signal: AbortSignal): Promise<RunView> {
    const run = await this.get(id);
    const scripted = this.endings.has(run.action);
    const ending = scripted ? this.endings.get(run.action) : { output: { ok: true } };
    if (ending) return this.#change(run, { status: "succeeded", startedAt: submittedAt, endedAt: submittedAt, ...ending });
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    return this.get(id);
  }

  async remove(id: RunId): Promise<void> {
    const { status } = await this.get(id);
    if (!isFinished(status)) throw new LongarmError("invalid_state", `${id} is ${status}.`, { details: { runId: id, status } });
    this.runs.delete(id);
  }

  #change(run: RunView, change: Partial<RunView>): RunView {
    const changed = { ...run, ...change };
    this.runs.set(run.id, changed);
    return changed;
  }

  list(filter: RunFilter, page: { limit: number; cursor?: string }): RunListPage {
    this.listed.push({ filter, page });
    if (page.cursor !== undefined && !/^\d+$/.test(page.cursor))
      throw new LongarmError("invalid_request", "`cursor` is none that this route has given.");
    const from = Number(page.cursor ?? 0);
    const all = [...this.runs.values()].filter((run) => filter.status === undefined || filter.status.includes(run.status));
    const rows = all.slice(from, from + page.limit).map(rowOf);
    const next = from + rows.length;
    return { rows, nextCursor: next < all.length ? String(next) : null, asOf: Date.parse(submittedAt) };
  }

  async calls(id: RunId, page: { limit: number; offset: number }): Promise<{ calls: readonly CallView[]; total: number }> {
    await this.get(id);
    const all = this.callsOf.get(id) ?? [];
    return { calls: all.slice(page.offset, page.offset + page.limit), total: all.length };
  }

  async log(id: RunId): Promise<readonly LogEntryView[]> {
    await this.get(id);
    return [{ sequence: 1, time: submittedAt, epoch: 0, kind: "submitted", facts: {} }];
  }

  items(_id: RunId, options: { follow: boolean; signal: AbortSignal }): AsyncIterable<unknown> {
    return this.itemsOf(options);
  }

  async cancel(id: RunId): Promise<RunView> {
    const run = await this.get(id);
    if (isFinished(run.status))
      throw new LongarmError("invalid_state", `The run has already ended: ${run.status}.`, { details: { runId: id } });
    return this.#change(run, { status: "cancelled", endedAt: submittedAt });
  }

  async judge(id: RunId, { kind, note, by }: Judgement): Promise<RunView> {
    const run = await this.get(id);
    if (run.waiting?.reason !== "approval") throw new LongarmError("invalid_state", `${id} does not wait for approval.`);
    if (run.submittedBy === by.name) throw new LongarmError("not_allowed", `"${by.name}" submitted the run.`);
    return this.#change(run, { waiting: null, approval: { verdict: kind, by: by.name, note, at: submittedAt } });
  }

  async resolve(id: RunId, { status, note, principal }: Settlement): Promise<RunView> {
    const run = await this.get(id);
    if (run.status !== "outcome_unknown")
      throw new LongarmError("invalid_state", `Only a run that ended outcome_unknown can be settled; this one is ${run.status}.`);
    return this.#change(run, { status, resolved: { by: principal, note, at: submittedAt } });
  }

  async secrets(id: RunId, principal: string): Promise<SecretOutputsView> {
    const run = await this.get(id);
    const secrets = this.secretsOf.get(id) ?? this.secretsOf.get(run.action);
    if (!secrets || !run.secrets) throw new LongarmError("invalid_state", "The run has no secret outputs.", { details: { runId: id } });
    if (run.secrets.for !== principal) throw new LongarmError("not_allowed", undefined, { details: { runId: id } });
    if (run.secrets.readAt !== null) throw new LongarmError("secrets_gone", undefined, { details: { runId: id } });
    this.#change(run, { secrets: { ...run.secrets, readAt: submittedAt } });
    return { runId: id, readAt: submittedAt, secrets };
  }

  async retry(id: RunId): Promise<RunView> {
    const run = await this.get(id);
    if (!isFinished(run.status))
      throw new LongarmError("invalid_state", "Only a finished run can be submitted again.", { details: { runId: id } });
    return this.add({ action: run.action, input: run.input });
  }
}

function rowOf(run: RunView): RunRow {
  const { id, action, connection, lane, status } = run;
  const ended = run.endedAt === null ? null : Date.parse(run.endedAt);
  const of = {
    id,
    action,
    connection,
    lane,
    status,
    principal: "tester",
    owner: null,
    epoch: 1,
    agents: [],
    errorCode: run.error?.code ?? null,
  };
  return {
    ...of,
    callCount: run.callCount,
    submittedAt: Date.parse(run.submittedAt),
    startedAt: null,
    endedAt: ended,
    waitingFor: run.waiting?.reason ?? null,
    startBy: null,
    origin: run.origin && originOf(run.origin),
  };
}

function originOf({ kind, name, slot }: NonNullable<RunView["origin"]>): RunRow["origin"] {
  return { kind, name, ...(slot !== null && { slotMs: Date.parse(slot) }) };
}
