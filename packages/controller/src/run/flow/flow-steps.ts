import { createHash } from "node:crypto";
import { derivedId, LongarmError, type Bytes, type RunId, type StepBegun, type StepEnded } from "@longarm/shared";
import { canonicalJson, fingerprint } from "@longarm/shared/seal";
import type { AnyFlow, FlowDriver, StepRequest, StepResult } from "@longarm/spoke";
import { mayUse } from "../../decide/access.ts";
import { judgeStep, knownSteps, passedBy, type KnownStep, type StepIdentity } from "../../decide/replay-step.ts";
import type { ChildEnd } from "../../ports/child-runs.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import { keepBytes, readJson, recordInlineBytes } from "../bytes.ts";
import { abortReason } from "../wait/abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import { maskMembers, openMembers } from "../sealed-members.ts";
import { endOfRecordStep, shownRecordInput } from "./record-steps.ts";
import { ended, errorOf, ignoreAbsent } from "./step-ends.ts";
import { behindOf, chainWith, OpenWaits, passTime, untilOf, waitEntry } from "./step-waits.ts";

const json = new TextEncoder();
// For whatever still waits when a flow has ended; an error for each would cost a stack trace each.
const hasEnded = new LongarmError("cancelled");
// Longer inputs are seen at the child's own run.
const shownInputCharacters = 16_384;

/**
 * The steps of one flow run, each:
 *
 *   asked ──▶ in the log: ended ──▶ its result once more
 *     │          └── begun ──▶ wait ──┐
 *     └─ new ──▶ `stepBegun` stored ──▶ child submitted, or clock ──▶ wait ──▶ `stepEnded` stored ──▶ result
 *
 * What the log holds in a place and the flow does not ask for ends all: nothing is started from then on.
 */
export class FlowSteps implements FlowDriver {
  readonly submittedAtMs: number;
  readonly seed: string;
  readonly connection: string;
  readonly publicUrl: string | null;
  readonly #carriage: Carriage;
  readonly #flow: AnyFlow;
  readonly #known: ReadonlyMap<string, KnownStep>;
  readonly #asked = new Set<string>();
  /** Runs that have begun and are not known to have ended, by their places. */
  readonly #open = new Map<string, RunId>();
  readonly #children = new Map<string, RunId>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  /** Ends every wait: of the run, or of what is left when its function has ended. */
  readonly #signal: AbortSignal;
  #taken: number;
  /** Settles when the waits for events that were asked for so far have begun, or have not. */
  #waitsBegun: Promise<void> | undefined;
  #waiting = 0;
  readonly #waits = new OpenWaits();
  /** Who had a hand in the events that it was given. */
  readonly #behind = new Set<string>();
  #fault: LongarmError | undefined;

  constructor(carriage: Carriage, flow: AnyFlow) {
    const { submission, connection, deps, known } = carriage;
    this.#carriage = carriage;
    this.#flow = flow;
    this.#signal = AbortSignal.any([carriage.signal, this.#closing.signal]);
    this.submittedAtMs = submission.submittedAtMs;
    this.seed = Buffer.from(fingerprint(deps.ring, "body", json.encode(`chance ${submission.runId}`))).toString("hex");
    this.connection = connection.name;
    this.publicUrl = deps.publicUrl ?? null;
    this.#known = knownSteps(known.steps);
    this.#taken = this.#known.size;
    for (const [path, { begun, ended }] of this.#known) if (begun.child && !ended) this.#open.set(path, begun.child);
  }

  isEnding(): boolean {
    return this.#fault !== undefined || this.#carriage.signal.aborted;
  }

  take(request: StepRequest): Promise<StepResult> {
    const taken = this.#take(request);
    const settled: Promise<unknown> = taken.then(
      () => this.#underWay.delete(settled),
      () => this.#underWay.delete(settled),
    );
    this.#underWay.add(settled);
    return taken;
  }

  async *items(path: string): AsyncIterable<unknown> {
    const child = this.#children.get(path);
    if (child) yield* this.#carriage.deps.children.items(child, this.#signal);
  }

  /** Resolves when no step is under way any more. Throws `nondeterministic` when the log holds steps that were not asked for. */
  async settle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    this.assertSound();
    const [missed] = passedBy(this.#known, this.#asked);
    if (missed !== undefined)
      throw this.#unlike(`The log holds step ${missed} (${this.#known.get(missed)?.begun.name}), which the flow did not ask for.`);
  }

  /** Throws what has ended all, even where the flow went on. */
  assertSound(): void {
    if (this.#fault) throw this.#fault;
  }

  /** Begins nothing any more, and resolves when nobody waits for a step: what would be written from then on came behind the run's end. */
  async close(): Promise<void> {
    this.#closing.abort(hasEnded);
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Asks every run that is still under way to end, and waits until it has. Resolves to those whose outcome nobody knows. */
  async endOpen(): Promise<readonly RunId[]> {
    const { deps, submission, stopping, writer } = this.#carriage;
    const unknown: RunId[] = [];
    const endOne = async ([path, child]: readonly [string, RunId]): Promise<void> => {
      await deps.children.cancel(child, submission.principal).catch(ignoreAbsent);
      const end = await deps.children.end(child, stopping).catch(ignoreAbsent);
      if (end?.status === "outcome_unknown") unknown.push(child);
      if (end) await writer.write([await this.#endOf(path, child, end)]);
    };
    await Promise.all([...this.#open].map(endOne));
    return unknown;
  }

  async #take(request: StepRequest): Promise<StepResult> {
    this.assertSound();
    if (this.#signal.aborted) throw abortReason(this.#signal);
    this.#asked.add(request.path);
    // What is no JSON would be another thing on replay.
    const asked = { ...request, input: JSON.parse(JSON.stringify(request.input ?? null)) as unknown };
    const { path, step, name, input, connection } = asked;
    const inputHash = fingerprint(this.#carriage.deps.ring, "body", json.encode(canonicalJson([input, connection ?? null])));
    return this.#judged(asked, { path, step, name, inputHash });
  }

  async #judged(request: StepRequest, identity: StepIdentity): Promise<StepResult> {
    const verdict = judgeStep(this.#known, identity, this.#taken);
    switch (verdict.kind) {
      case "new":
        // Nothing of it is written down: a replay is refused it in the same way.
        this.#assertMayUse(request);
        this.#taken += 1;
        return this.#carryOut(request, await this.#enter(request, identity));
      case "underWay":
        return this.#carryOut(request, verdict.begun);
      case "ended":
        if (verdict.begun.child) this.#children.set(request.path, verdict.begun.child);
        return this.#resultOf(verdict.begun, verdict.ended);
      case "other":
        throw this.#unlike(verdict.sentence);
      case "tooMany":
        this.#fault = new LongarmError(
          "flow_too_long",
          `${this.#flow.name} has taken ${this.#taken} steps, which is the most that a flow may take.`,
        );
        throw this.#fault;
    }
  }

  #assertMayUse({ path, name, connection }: StepRequest): void {
    const { principal, connections } = this.#carriage.submission;
    if (connection === undefined || connection === this.connection || mayUse({ connections: connections ?? [] }, connection)) return;
    const sentence = `Step ${path} of ${this.#flow.name} asks for ${name} on the connection "${connection}", which "${principal}" is not granted for this run; run the flow with a key that may use it.`;
    throw new LongarmError("not_allowed", sentence, { details: { connection, step: path } });
  }

  #unlike(sentence: string): LongarmError {
    const { name, version } = this.#flow;
    this.#fault = new LongarmError(
      "nondeterministic",
      `The flow ${name} (version ${version}) does otherwise than before: ${sentence} Nothing was started.`,
    );
    return this.#fault;
  }

  /** What is asked for behind a wait for an event begins when that has begun: so that the wait sees all that it brings about. */
  #enter(request: StepRequest, identity: StepIdentity): Promise<StepBegun> {
    const begun = this.#waitsBegun ? this.#waitsBegun.then(() => this.#begin(request, identity)) : this.#begin(request, identity);
    if (request.step === "event")
      this.#waitsBegun = begun.then(
        () => undefined,
        () => undefined,
      );
    return begun;
  }

  async #begin(request: StepRequest, identity: StepIdentity): Promise<StepBegun> {
    const { deps, writer } = this.#carriage;
    const { step } = request;
    const place = step === "event" ? { afterSequence: await deps.events.begin(this.#signal) } : {};
    if (this.#signal.aborted) throw abortReason(this.#signal);
    const isRun = step === "run" || step === "call" || step === "stream";
    const child = isRun ? deps.children.idOf(this.#requestOf(request)) : null;
    const untilMs = untilOf(request, deps.clock.nowMs());
    const begun: StepBegun = { kind: "stepBegun", ...identity, input: this.#shown(request), child, untilMs, ...place };
    if (step === "log" || step === "records") {
      await writer.write(step === "log" ? [begun, ended(begun.path, deps.clock.nowMs())] : [begun]);
      return begun;
    }
    if (child) this.#open.set(begun.path, child);
    await writer.write([begun, this.#waits.begin(begun.path, waitEntry(request, begun, deps.clock.nowMs()))]);
    return begun;
  }

  #shown({ step, name, input }: StepRequest): string | null {
    const definition = this.#carriage.deps.catalogue.runnable(name);
    const plain = step === "records" ? shownRecordInput(input) : input;
    const shown = JSON.stringify(definition ? maskMembers(definition.input, plain) : plain);
    return shown.length > shownInputCharacters ? null : shown;
  }

  #requestOf({ path, name, input, connection }: StepRequest): RunRequest & { readonly idempotencyKey: string } {
    const { submission } = this.#carriage;
    const { runId, lane, principal, connections, chain, deadlineMs, narrowedTo } = submission;
    return {
      ...{ action: name, input, lane, principal, idempotencyKey: `flow ${runId} ${path}` },
      connection: connection ?? this.connection,
      ...(connections && { connections }),
      ...chainWith(chain, this.#behind),
      ...(narrowedTo !== null && { on: narrowedTo }),
      ...(deadlineMs !== null && { deadline: { text: new Date(deadlineMs).toISOString(), atMs: deadlineMs } }),
    };
  }

  async #carryOut(request: StepRequest, begun: StepBegun): Promise<StepResult> {
    const { deps, writer } = this.#carriage;
    const { path, child } = begun;
    if (begun.step === "log") return { value: null, atMs: deps.clock.nowMs() };
    if (begun.step !== "records") this.#waits.goOn(path, waitEntry(request, begun, deps.clock.nowMs()));
    const at = { connection: this.connection, signal: this.#signal };
    const own = (): Promise<StepEnded> => (begun.step === "records" ? endOfRecordStep(deps, request, at) : this.#passed(request, begun));
    const end = child ? await this.#endOfChild(request, child) : await own();
    await writer.write([end]);
    this.#open.delete(path);
    return this.#resultOf(begun, end);
  }

  async #passed(request: StepRequest, begun: StepBegun): Promise<StepEnded> {
    const asked = { ...request, connection: request.connection ?? this.connection };
    const { atMs, event } = await this.#waited(begun.path, () => passTime(this.#carriage.deps, asked, { begun, signal: this.#signal }));
    return { ...ended(begun.path, atMs), output: event && (await this.#kept(begun.path, event)) };
  }

  async #endOfChild(request: StepRequest, child: RunId): Promise<StepEnded> {
    const { deps } = this.#carriage;
    const signal = this.#signal;
    this.#children.set(request.path, child);
    return this.#waited(request.path, async () => {
      try {
        await deps.children.start(this.#requestOf(request), signal);
      } catch (reason) {
        const error = LongarmError.from(reason);
        if (error.code === "nondeterministic") throw (this.#fault = error);
        if (signal.aborted) throw abortReason(signal);
        return { ...ended(request.path, deps.clock.nowMs()), error: error.toBody() };
      }
      return this.#endOf(request.path, child, await deps.children.end(child, signal));
    });
  }

  async #endOf(path: string, child: RunId, { status, output, error }: ChildEnd): Promise<StepEnded> {
    const end = ended(path, this.#carriage.deps.clock.nowMs());
    if (status !== "succeeded") return { ...end, error: errorOf(child, { path, status, error }) };
    return { ...end, output: await this.#kept(path, output) };
  }

  #kept(path: string, output: unknown): Promise<Bytes> {
    const { deps, submission, epoch, stopping: signal } = this.#carriage;
    const part = derivedId("call", createHash("sha256").update(`${submission.runId}/step/${path}`).digest());
    const bytes = json.encode(JSON.stringify(output));
    const kept = { part, epoch, attempt: 1, bytes, inlineBytes: recordInlineBytes, signal };
    return keepBytes(deps.blobs, submission.runId, kept);
  }

  /** The lane's slot is for others while nothing of the flow moves. */
  async #waited<T>(path: string, wait: () => Promise<T>): Promise<T> {
    const { deps, submission, writer } = this.#carriage;
    this.#waiting += 1;
    if (this.#waiting === 1) deps.slots.release(submission.lane);
    try {
      return await wait();
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) deps.slots.take(submission.lane);
      const other = this.#waits.end(path);
      if (this.#waiting === 0) writer.defer({ kind: "resumed" });
      else if (other) writer.defer(other);
    }
  }

  async #resultOf({ step, name, child }: StepBegun, { output, error, atMs }: StepEnded): Promise<StepResult> {
    if (error) throw LongarmError.fromBody(error);
    const { deps, submission } = this.#carriage;
    const value = output === null ? null : await readJson(deps.blobs, submission.runId, output);
    if (step === "event") for (const principal of behindOf(value)) this.#behind.add(principal);
    const definition = deps.catalogue.runnable(name);
    if (!child || !definition || definition.kind === "stream") return { value, atMs };
    return { value: openMembers(deps.ring, child, { schema: definition.output, value }), atMs };
  }
}
