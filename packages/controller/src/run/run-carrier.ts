import { LongarmError, nestsTooDeep, type Completed, type LogEntry, type RunId, type Submission } from "@longarm/shared";
import type { AnyDefinition, AnyFlow } from "@longarm/spoke";
import { foldRecord, freshRun, type RunState } from "../decide/fold-run.ts";
import { retryPolicyOf, retryWishOfSyncs } from "../decide/retry-policy.ts";
import type { LogPosition, StoredRecord, StoredSubmission } from "../ports/run-log.ts";
import { syncOf } from "../ports/sync-store.ts";
import { awaitApproval } from "./wait/await-approval.ts";
import { keepBytes, recordInlineBytes } from "./bytes.ts";
import { abortReason } from "./wait/abort-reason.ts";
import { surroundings, type Carriage, type CarrierDeps } from "./carriage.ts";
import { carryStream } from "./stream/carry-stream.ts";
import { carrySync, type SyncOrder } from "./sync/carry-sync.ts";
import { carryFlow } from "./flow/carry-flow.ts";
import { holdPlaces } from "./place/hold-places.ts";
import { LimitWatch } from "./limit-watch.ts";
import { type SyncRun, syncRun } from "./sync/order-sync.ts";
import { OwnRecords } from "./own-records.ts";
import { patiently } from "./wait/patiently.ts";
import { noteDenial } from "./call/note-denial.ts";
import { DoubtLedger } from "./call/doubt-ledger.ts";
import { RunCalls } from "./call/run-calls.ts";
import { isSettling, isStackOverflow, stackBehind, statusOf, tooDeep } from "./run-fault.ts";
import { StrandedRuns } from "./stranded-runs.ts";
import { tryOut } from "./call/try-out.ts";
import { RunWriter } from "./run-writer.ts";
import { openMembers, sealMembers } from "./sealed-members.ts";
import { leftInDoubt } from "./call/unknown-outcome.ts";

const json = new TextEncoder();
// For whatever still listens when a run has ended; an error for each run would cost a stack trace each.
const hasEnded = new LongarmError("cancelled");

/** A run that this controller has claimed. */
interface Claimed extends StoredSubmission {
  readonly at: LogPosition;
  readonly known: RunState;
  /** Of a run that nobody carried before. */
  readonly records?: OwnRecords;
}

/** A run that is being carried, before its connection is known. */
type Begun = Pick<Carriage, "submission" | "known" | "claimedAtMs" | "writer" | "doubts" | "signal"> & { readonly limits: LimitWatch };

/**
 * Carries runs, each from its claim to its end:
 *
 *   claim ──▶ places ──▶ input ──▶ action or stream, call by call ──▶ completed
 *     │                                │
 *     └─ lost: somebody else has it    └─ overtaken or stopping: nothing more is written
 */
export class RunCarrier {
  readonly #deps: CarrierDeps;
  /** What ends each run that is carried. No signal over all of them: one derived from it for each run would cost its own weight. */
  readonly #endings = new Set<AbortController>();
  #lettingGo: LongarmError | undefined;
  readonly #forced = new AbortController();
  readonly #carried = new Set<Promise<void>>();
  /** Those of ours that a fault broke off; whoever has a slot for one claims it as a dead owner's. */
  readonly stranded: StrandedRuns;

  constructor(deps: CarrierDeps) {
    this.#deps = deps;
    this.stranded = new StrandedRuns(deps);
  }

  /** Claims a submission nobody carries. Resolves to undefined when somebody does, or the run has ended (cancelled while it queued). */
  async claimNew(submission: StoredSubmission): Promise<Claimed | undefined> {
    return this.#claim({ ...submission, at: submission.position, known: freshRun, records: new OwnRecords() });
  }

  /**
   * Claims a run whose owner is dead, one epoch higher. Resolves to undefined when it needs no carrying any more, or has a record from
   * `silentAtMs` (monotonic) or later: an owner that comes back just when it is taken for dead may be about to send what it has written.
   */
  async claimAbandoned(run: RunId, deadOwner: string, silentAtMs = Infinity): Promise<Claimed | undefined> {
    const stored = await this.#deps.log.read(run);
    if (!stored) return undefined;
    const known = stored.records.reduce((state, record) => fold(state, record), freshRun);
    const at = stored.records.at(-1)?.position ?? stored.position;
    if (known.completed || known.owner !== deadOwner || (await this.#isWritten(at, silentAtMs))) return undefined;
    return this.#claim({ submission: stored.submission, position: stored.position, at, known });
  }

  async #isWritten({ sequence }: LogPosition, sinceMs: number): Promise<boolean> {
    if (sinceMs === Infinity) return false;
    const { log, clock } = this.#deps;
    const ageMs = await log.ageOf(sequence);
    return ageMs !== undefined && ageMs <= clock.monotonicMs() - sinceMs;
  }

  /** Carries a claimed run; resolves when it has ended or this controller has let go of it. Never rejects. */
  carry(claimed: Claimed): Promise<void> {
    const { runId, lane } = claimed.submission;
    const carried = this.#carry(claimed).then(
      () => this.stranded.settle(runId),
      (reason: unknown) => {
        const pauseMs = this.stranded.add({ id: runId, lane });
        const { code, message } = LongarmError.from(reason);
        this.#deps.logger.error({ runId, code, reason: message, pauseMs }, "A run could not be carried on; it is taken up again.");
      },
    );
    this.#carried.add(carried);
    void carried.then(() => this.#carried.delete(carried));
    return carried;
  }

  /** How many runs are being carried or parked here. */
  get count(): number {
    return this.#carried.size;
  }

  /**
   * Lets go of every run; each goes on elsewhere, or here after the next start. Reads and waits end at once; a write whose first
   * byte may have left has `withinMs` to end by itself.
   */
  async stop(withinMs: number): Promise<void> {
    const reason = new LongarmError("overtaken", "This controller stops; the run goes on elsewhere or after its next start.", {
      retryable: true,
    });
    this.#lettingGo = reason;
    for (const ending of this.#endings) ending.abort(reason);
    const ended = new AbortController();
    const allEnded = Promise.all(this.#carried).then(() => ended.abort());
    await this.#deps.clock.sleep(withinMs, ended.signal).catch(() => undefined);
    this.#forced.abort(reason);
    await allEnded;
  }

  async #claim(run: Claimed): Promise<Claimed | undefined> {
    const { log, controllerId } = this.#deps;
    // What it waits for stands in the record of the claim: nobody is to take it for running, and it need not be written once more.
    const { parked } = run.known;
    const entries: readonly LogEntry[] = [{ kind: "claimed", controllerId }, ...(parked ? [parked] : [])];
    const epoch = run.known.epoch + 1;
    let { at, known } = run;
    for (;;) {
      const result = await log.append(run.submission.runId, { at, epoch, entries }, this.#forced.signal);
      if (result.kind === "overtaken") return undefined;
      at = result.position;
      if (result.kind === "commands") {
        known = result.records.reduce((state, record) => fold(state, record), known);
        result.records.forEach((record) => run.records?.take(record));
        if (known.completed) return undefined;
      } else {
        run.records?.take({ position: at, timeMs: result.timeMs, entries });
        return { ...run, at, known: foldRecord(known, { epoch, timeMs: result.timeMs, entries }) };
      }
    }
  }

  async #carry(claimed: Claimed): Promise<void> {
    const deps = this.#deps;
    const claimedAtMs = deps.clock.monotonicMs();
    const { submission, at, known, records: own } = claimed;
    const ending = new AbortController();
    const { signal } = ending;
    this.#endings.add(ending);
    if (this.#lettingGo) ending.abort(this.#lettingGo);
    const cancel = (): void => ending.abort(new LongarmError("cancelled"));
    const onCommands = (records: readonly StoredRecord[]): void => {
      records.forEach((record) => own?.take(record));
      if (records.some((record) => record.entries.some((entry) => entry.kind === "cancelRequested"))) cancel();
    };
    const doubts = new DoubtLedger(known);
    const writer = new RunWriter({
      onEntry: (entry) => {
        doubts.take(entry);
        noteDenial(deps.trail, submission, entry);
        deps.tally?.take(submission, entry);
      },
      log: deps.log,
      run: submission.runId,
      position: at,
      epoch: at.epoch,
      signal: this.#forced.signal,
      onCommands,
      ...(own && { onStored: (record) => own.take(record) }),
      afterTurn: deps.afterTurn,
    });
    deps.signals.carried(submission.runId);
    const stopListening = deps.signals.listen(submission.runId, (told) => told === "cancelRequested" && cancel());
    if (known.cancelRequestedBy !== null) cancel();
    const limits = new LimitWatch({ clock: deps.clock, submission, ending });
    try {
      await this.#fenceItems(submission, at.epoch);
      const completed = await this.#run({ submission, known, claimedAtMs, writer, doubts, signal, limits }, at.epoch);
      const isLetGo = completed.error?.code === "overtaken";
      await writer.write(isLetGo ? [] : [completed]);
      if (!isLetGo) await deps.places.leave(submission.runId);
    } catch (reason) {
      if (!writer.isOvertaken && !this.#forced.signal.aborted) throw reason;
    } finally {
      deps.places.forget(submission.runId);
      this.#endings.delete(ending);
      stopListening();
      limits.stop();
      ending.abort(hasEnded);
      deps.signals.tell(submission.runId, "finished", own?.whole(submission));
    }
  }

  /** Keeps a former owner, which may not know yet that it is one, from appending pages to what is ours now. */
  async #fenceItems({ runId, action }: Submission, epoch: number): Promise<void> {
    if (epoch === 1 || syncOf(action) !== undefined || (this.#deps.catalogue.runnable(action)?.kind ?? "stream") !== "stream") return;
    await this.#deps.items.fence(runId, epoch, this.#forced.signal);
  }

  async #run(run: Begun, epoch: number): Promise<Completed> {
    try {
      // What a former owner left in doubt is not settled by a wish to end: only the calls themselves can tell.
      if (run.signal.aborted && run.known.intents.length === 0 && run.known.steps.length === 0) throw abortReason(run.signal);
      const output = await this.#execute(run, epoch);
      const left = run.doubts.first;
      if (left) throw leftInDoubt(left, null);
      return { kind: "completed", status: "succeeded", output, error: null };
    } catch (reason) {
      const found = isStackOverflow(reason) ? tooDeep() : reason;
      const ended = LongarmError.from(run.signal.aborted && !isSettling(found) ? run.signal.reason : found);
      const left = run.doubts.first;
      // Whatever ends a run, it may not claim that nothing was done while a call may have been.
      const error = left && !isSettling(ended) ? leftInDoubt(left, ended) : ended;
      if (error.code === "internal")
        this.#deps.logger.error({ runId: run.submission.runId, error: stackBehind(error) }, "A run failed by a fault of ours.");
      return { kind: "completed", status: statusOf(error), output: null, error: error.toBody() };
    }
  }

  async #execute({ limits, ...run }: Begun, epoch: number): Promise<Completed["output"]> {
    const deps = this.#deps;
    const { submission } = run;
    const sync = syncOf(submission.action);
    const definition = sync === undefined ? deps.catalogue.runnable(submission.action, submission.actionVersion) : syncRun(sync);
    if (!definition) throw new LongarmError("unknown_action", `This controller knows no action "${submission.action}".`);
    if (definition.version !== submission.actionVersion && (run.known.outcomes.length > 0 || run.known.steps.length > 0))
      throw changedVersion(definition, submission);
    const connection = await patiently({ clock: deps.clock, signal: run.signal }, () => this.#connectionOf(submission));
    const ofKind = sync === undefined ? undefined : retryWishOfSyncs;
    const retry = retryPolicyOf(ofKind, connection.retry, submission.terms?.retry);
    const carriage: Carriage = { deps, ...run, epoch, connection, retry, stopping: this.#forced.signal };
    const hasAsked = await awaitApproval(carriage, definition, limits);
    const hasWaited = (await holdPlaces(carriage, limits, definition.kind)) || hasAsked;
    limits.arm(hasWaited ? deps.clock.nowMs() : run.known.startedAtMs);
    const input = openMembers(deps.ring, submission.runId, { schema: definition.input, value: submission.input });
    const output = await this.#outputOf(carriage, definition, input);
    const written = JSON.stringify(output);
    if (nestsTooDeep(written)) throw tooDeep();
    const bytes = json.encode(written);
    return keepBytes(deps.blobs, submission.runId, {
      part: "output",
      epoch,
      attempt: 1,
      bytes,
      inlineBytes: recordInlineBytes,
      signal: this.#forced.signal,
    });
  }

  async #outputOf(carriage: Carriage, definition: AnyDefinition | AnyFlow | SyncRun, input: unknown): Promise<unknown> {
    const { catalogue, ring, signals, syncs } = this.#deps;
    const { runId, submittedAtMs } = carriage.submission;
    if (definition.kind === "sync") return carrySync(carriage, syncs, input as SyncOrder);
    if (definition.kind === "stream") {
      const spoke = catalogue.spokeOf(definition.name);
      return carryStream(carriage, { stream: definition, spoke, input });
    }
    if (definition.kind === "flow") {
      const value = catalogue.checkOutput(definition, await carryFlow(carriage, definition, input));
      return sealMembers(ring, runId, { schema: definition.output, value });
    }
    const rest = new RunCalls(carriage, definition.effect);
    const note = (): void => signals.tell(runId, "progress");
    const context = { ...surroundings(carriage), rest, submittedAt: submittedAtMs, dryRun: carriage.submission.dryRun, note };
    if (context.dryRun) return tryOut(definition, { context, rest, input });
    const output: unknown = await definition.run(context, input);
    return sealMembers(ring, runId, { schema: definition.output, value: catalogue.checkOutput(definition, output) });
  }

  async #connectionOf(submission: Submission) {
    const found = submission.connection === null ? undefined : await this.#deps.connections.get(submission.connection);
    if (found) return found.value;
    throw new LongarmError("unknown_connection", `The connection "${submission.connection}" does not exist any more.`);
  }
}

function fold(state: RunState, record: StoredRecord): RunState {
  return foldRecord(state, { epoch: record.position.epoch, timeMs: record.timeMs, entries: record.entries });
}

function changedVersion(definition: Pick<AnyDefinition, "version">, submission: Submission): LongarmError {
  return new LongarmError(
    "nondeterministic",
    `${submission.action} has changed from version ${submission.actionVersion} to ${definition.version} since this run began, so its log cannot be replayed; submit it again.`,
  );
}
