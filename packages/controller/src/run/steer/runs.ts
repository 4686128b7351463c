import { isFinished, LongarmError, type Bytes, type ErrorBody, type LogEntry, type RunId, type Submission } from "@longarm/shared";
import type { KeyRing } from "@longarm/shared/seal";
import type { Catalogue } from "@longarm/spoke";
import { wishesOf } from "../../decide/run-terms.ts";
import type { BlobStore } from "../../ports/blob-store.ts";
import type { ConnectionStore } from "../../ports/connection-store.ts";
import type { CredentialStore } from "../../ports/credential-store.ts";
import type { ItemStore } from "../../ports/item-store.ts";
import type { RunFilter, RunHistory, RunListPage } from "../../ports/run-history.ts";
import type { RunLog, StoredRun } from "../../ports/run-log.ts";
import type {
  CallView,
  Judgement,
  LogEntryView,
  RunRequest,
  RunService,
  RunView,
  SecretOutputsView,
  Settlement,
} from "../../ports/run-service.ts";
import { syncOf, type Syncs } from "../../ports/sync-store.ts";
import { readBytes, readJson } from "../bytes.ts";
import { judgeRun } from "./judge-run.ts";
import { shownInput, syncRun, wishOf } from "../sync/order-sync.ts";
import { keptBy, progressOf } from "../view/run-progress.ts";
import { readSecrets } from "./read-secrets.ts";
import { absentRun, removeRun, toEndedView, type RemovalDeps } from "./remove-run.ts";
import type { RunSignals } from "../run-signals.ts";
import { statusOf, stateOf, toCallView, toLogView, toRunView, type SeenRun } from "../view/run-view.ts";
import { hasSecrets, maskMembers, openMembers } from "../sealed-members.ts";
import type { StorageRoom } from "./storage-room.ts";
import { definitionOf, submitRun } from "./submit-run.ts";

interface Deps extends RemovalDeps {
  readonly log: RunLog;
  readonly room: StorageRoom;
  readonly items: ItemStore;
  readonly blobs: BlobStore;
  readonly history: RunHistory;
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly catalogue: Catalogue;
  readonly signals: RunSignals;
  readonly ring: KeyRing;
  readonly syncs: Syncs;
}

const text = new TextDecoder();
// The log itself is looked at again this often, should a signal be lost with a connection.
const lookAgainMs = 5_000;
// Without a reason of one's own each abort makes an error with a stack trace.
const toldEnough = new Error("What was waited for has come.");

/** What people can do with runs, answered from the run log itself; only lists come from the projection. */
export class Runs implements RunService {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async submit(request: RunRequest) {
    const { runId, created, submission, ended } = await submitRun(this.#deps, request);
    if (ended) return { run: toEndedView(ended), created };
    // Of a run that was just made there is nothing to read but what was just written.
    if (submission) return { run: await this.#view({ submission, records: [] }), created };
    const stored = await this.#deps.log.read(runId);
    // It may have ended and been removed since.
    const removed = stored ? undefined : await this.#deps.ended.get(runId);
    return { run: removed ? toEndedView(removed) : await this.#view(stored ?? (await this.#read(runId))), created };
  }

  async get(id: RunId): Promise<RunView> {
    return this.#view(await this.#read(id));
  }

  async wait(seen: RunView, signal: AbortSignal): Promise<RunView> {
    let run = seen;
    // It may have ended between the look and the wait; whoever ends it tells so once.
    let mayBeTold = this.#deps.signals.hasFinished(run.id);
    while (!isFinished(run.status) && !signal.aborted) {
      const ended = mayBeTold ? undefined : await this.#untilToldFinished(run.id, signal);
      mayBeTold = false;
      run = await (ended ? this.#view(ended) : this.get(run.id));
    }
    return run;
  }

  list(filter: RunFilter, page: { readonly limit: number; readonly cursor?: string }): RunListPage {
    return this.#deps.history.list(filter, page);
  }

  async calls(
    id: RunId,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly calls: readonly CallView[]; readonly total: number }> {
    const { outcomes } = stateOf(await this.#read(id));
    return { calls: outcomes.slice(page.offset, page.offset + page.limit).map(toCallView), total: outcomes.length };
  }

  async log(id: RunId): Promise<readonly LogEntryView[]> {
    return toLogView((await this.#read(id)).records);
  }

  async *items(id: RunId, options: { readonly follow: boolean; readonly signal: AbortSignal }): AsyncGenerator<unknown> {
    const { items, blobs } = this.#deps;
    const reading = new AbortController();
    const signal = AbortSignal.any([options.signal, reading.signal]);
    let taken = 0;
    let wanted = options.follow ? Number.POSITIVE_INFINITY : await this.#pagesKept(id);
    if (options.follow)
      void this.#pagesAtEnd(id, signal).then(
        (pages) => (wanted = pages) <= taken && reading.abort(),
        () => reading.abort(),
      );
    if (wanted === 0) return;
    try {
      for await (const { page } of items.read(id, signal)) {
        const lines = text.decode(await readBytes(blobs, id, page.items)).split("\n");
        for (const line of lines) if (line.length > 0) yield JSON.parse(line) as unknown;
        taken += 1;
        if (taken >= wanted || page.next === null) return;
      }
    } finally {
      reading.abort();
    }
  }

  async cancel(id: RunId, principal: string): Promise<RunView> {
    const run = await this.#read(id);
    const state = stateOf(run);
    if (state.completed === null && state.cancelRequestedBy === null) await this.#appendCancel(run, principal);
    this.#deps.signals.tell(id, "cancelRequested");
    return this.get(id);
  }

  async resolve(id: RunId, settled: Settlement): Promise<RunView> {
    const patience = AbortSignal.timeout(lookAgainMs);
    for (;;) {
      const run = await this.#read(id);
      const status = statusOf(stateOf(run));
      if (status !== "outcome_unknown")
        throw new LongarmError("invalid_state", `Only a run that ended outcome_unknown can be settled; this one is ${status}.`, {
          details: { status },
        });
      const at = run.records.at(-1)?.position ?? run.position;
      const result = await this.#deps.log.append(id, { at, epoch: at.epoch, entries: [{ kind: "resolved", ...settled }] }, patience);
      if (result.kind === "appended") return this.get(id);
    }
  }

  async judge(id: RunId, judgement: Judgement): Promise<RunView> {
    await judgeRun(this.#deps, id, judgement);
    return this.get(id);
  }

  secrets(id: RunId, principal: string): Promise<SecretOutputsView> {
    return readSecrets(this.#deps, id, principal);
  }

  async retry(id: RunId, by: Pick<RunRequest, "principal" | "connections">): Promise<RunView> {
    const run = await this.#read(id);
    const { submission } = run;
    const status = statusOf(stateOf(run));
    if (!isFinished(status))
      throw new LongarmError("invalid_state", `Only a finished run can be submitted again; this one is ${status}.`, {
        details: { status },
      });
    const { connection, narrowedTo, action, lane, dryRun, chain } = submission;
    const input = syncOf(action) === undefined ? this.#inputOf(submission) : wishOf(submission.input);
    const again = {
      action,
      input,
      lane,
      ...by,
      dryRun,
      ...(chain && { chain }),
      ...(connection !== null && { connection }),
      ...(narrowedTo !== null && { on: narrowedTo }),
      ...(submission.terms && { terms: wishesOf(submission) }),
    };
    return (await this.submit(again)).run;
  }

  #inputOf({ runId, action, input: value }: Submission): unknown {
    const { input: schema } = definitionOf(this.#deps.catalogue, action);
    return openMembers(this.#deps.ring, runId, { schema, value });
  }

  remove(id: RunId, principal: string): Promise<void> {
    return removeRun(this.#deps, id, principal);
  }

  /** A run that nobody carries has no owner who would end it: the same record does. */
  async #appendCancel(first: StoredRun, principal: string): Promise<void> {
    const { log } = this.#deps;
    const patience = AbortSignal.timeout(lookAgainMs);
    const ended: LogEntry = { kind: "completed", status: "cancelled", output: null, error: new LongarmError("cancelled").toBody() };
    for (let run = first; ; run = await this.#read(first.submission.runId)) {
      const state = stateOf(run);
      if (state.completed || state.cancelRequestedBy !== null) return;
      const at = run.records.at(-1)?.position ?? run.position;
      const entries: LogEntry[] = [{ kind: "cancelRequested", principal }];
      if (state.owner === null) entries.push(ended);
      const result = await log.append(run.submission.runId, { at, epoch: at.epoch, entries }, patience);
      if (result.kind === "appended") return;
    }
  }

  /** Resolves when that may be so, with the run itself where it ended here. */
  async #untilToldFinished(id: RunId, signal: AbortSignal): Promise<SeenRun | undefined> {
    const { signals, clock } = this.#deps;
    const enough = new AbortController();
    const stop = (): void => enough.abort(toldEnough);
    let seen: SeenRun | undefined;
    const stopListening = signals.listen(id, (told, ended) => {
      seen ??= ended;
      if (told === "finished") stop();
    });
    signal.addEventListener("abort", stop, { once: true });
    try {
      await clock.sleep(lookAgainMs, enough.signal).catch(() => undefined);
      return seen;
    } finally {
      stopListening();
      signal.removeEventListener("abort", stop);
    }
  }

  async #read(id: RunId): Promise<StoredRun> {
    const run = await this.#deps.log.read(id).catch((reason: unknown) => {
      throw unreadable(id, LongarmError.from(reason));
    });
    if (run) return run;
    throw await absentRun(this.#deps, id);
  }

  async #view(run: SeenRun): Promise<RunView> {
    const { submission } = run;
    const sync = syncOf(submission.action);
    const definition = sync === undefined ? this.#deps.catalogue.runnable(submission.action, submission.actionVersion) : syncRun(sync);
    const { stored, fault } = await this.#storedOutput(submission.runId, stateOf(run).completed?.output ?? null);
    const isMasked = (definition?.kind === "action" || definition?.kind === "flow") && stored !== null && !submission.dryRun;
    const output = isMasked ? maskMembers(definition.output, stored) : stored;
    const areSecret = isMasked && hasSecrets(definition.output, stored);
    const input = definition ? shownInput(definition, submission.input) : null;
    const nowMs = this.#deps.clock.nowMs();
    const progress = await progressOf(definition?.kind, run, { ...this.#deps, nowMs });
    const view = toRunView(run, { input, output, hasSecrets: areSecret, progress, nowMs });
    return fault ? { ...view, error: fault } : view;
  }

  /** An output that cannot be read is named as the run's error; all the rest of the run can still be seen. */
  async #storedOutput(id: RunId, output: Bytes | null): Promise<{ readonly stored: unknown; readonly fault?: ErrorBody }> {
    if (output === null) return { stored: null };
    try {
      return { stored: await readJson(this.#deps.blobs, id, output) };
    } catch (reason) {
      const error = LongarmError.from(reason);
      if (error.code !== "sealed_record_rejected") throw reason;
      return { stored: null, fault: error.toBody() };
    }
  }

  async #pagesKept(id: RunId): Promise<number> {
    await this.#read(id);
    return (await keptBy(id, this.#deps.items)).pages;
  }

  /** Resolves once the run has finished, with the number of pages that it kept. */
  async #pagesAtEnd(id: RunId, signal: AbortSignal): Promise<number> {
    await this.wait(await this.get(id), signal);
    return (await keptBy(id, this.#deps.items)).pages;
  }
}

/** Says of which run it was that a record does not open. */
function unreadable(run: RunId, reason: LongarmError): LongarmError {
  if (reason.code !== "sealed_record_rejected") return reason;
  const message = `The log of ${run} cannot be read, so nobody carries the run on: ${reason.message}`;
  return new LongarmError("sealed_record_rejected", message, { details: { ...reason.details, run }, cause: reason });
}
