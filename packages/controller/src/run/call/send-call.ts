import { LongarmError, needsIntent, type CallIdentity } from "@longarm/shared";
import { toActionResponse, type ActionRequest, type ActionResponse, type ChangingRequest, type ReadBack } from "@longarm/spoke";
import type { CallProgress } from "../../decide/call-progress.ts";
import { decideAfterReading, firstReadPauseMs, nextLookPauseMs } from "../../decide/resolve.ts";
import { pauseReason } from "../../decide/pause-reason.ts";
import { leftByMs, settledAfterMs, targetIsDoneAtMs } from "../../decide/dispatch.ts";
import { intentRecord } from "../../decide/wait-record.ts";
import { decideAfterAttempt, mayBeAtWork, mayHaveActed, type AfterAttempt } from "../../decide/retry.ts";
import { askAgent, isAgentIntent, tellWhenStored } from "./ask-agent.ts";
import { failureOf, isRefusal, settled, type EndedAttempt } from "./call-attempt.ts";
import type { Carriage } from "../carriage.ts";
import { Denials } from "./denials.ts";
import { outlast } from "./outlast.ts";
import { pause, sleepOn } from "../wait/park.ts";
import { ReadBacks, type Found } from "./read-back.ts";
import { sendAttempt, type Call, type SentAttempt } from "./send-attempt.ts";
import { storedAt } from "../wait/stored-at.ts";
import { interrupted, unknownOutcome } from "./unknown-outcome.ts";
import { withWitnesses } from "./witnesses.ts";

/** How to go on when nobody knows whether a call took effect. */
export type InDoubt = Partial<Pick<ChangingRequest, "ifUnknown" | "isAnswer" | "witnesses">>;

/** One call that the log does not hold the end of. */
export interface UnsettledCall {
  readonly call: Call;
  readonly identity: CallIdentity;
  /** What is waited out before the first attempt. */
  readonly after: ActionRequest["after"];
  /** As the action says; empty for reads. */
  readonly inDoubt: InDoubt;
  readonly progress: CallProgress;
}

/** Sends a call until it is settled, by its effect class and by what the target's state shows. Throws what ends the run. */
export function sendCall(carriage: Carriage, unsettled: UnsettledCall): Promise<ActionResponse> {
  return new CallSender(carriage, unsettled).send();
}

class CallSender {
  readonly #carriage: Carriage;
  readonly #of: UnsettledCall;
  #attempt: number;
  #counted: number;
  #isDoubted: boolean;
  /** When the first attempt began; monotonic. */
  #beganMs: number;
  #reads: number;
  /** Until when the target may be at work on any attempt; monotonic. */
  #doneAtMs: number;
  #last: EndedAttempt | null = null;
  readonly #denials = new Denials();

  constructor(carriage: Carriage, of: UnsettledCall) {
    const { attempts, counted, isDoubted, reads } = of.progress;
    this.#carriage = carriage;
    this.#of = of;
    this.#attempt = attempts;
    this.#counted = counted;
    this.#isDoubted = isDoubted;
    this.#beganMs = carriage.deps.clock.monotonicMs();
    this.#reads = reads;
    this.#doneAtMs = doneAtMs(carriage, of.progress);
  }

  async send(): Promise<ActionResponse> {
    try {
      await this.#findBeginning();
      await this.#waitBeforeFirst();
      const found = this.#isDoubted ? await this.#goOnFromDoubt() : undefined;
      if (found) return found;
      await sleepOn(this.#carriage, this.#of.identity.ordinal);
      for (;;) {
        const settled = await this.#try();
        if (settled) return settled;
        this.#carriage.deps.signals.tell(this.#carriage.submission.runId, "progress");
      }
    } catch (reason) {
      // A run that is cancelled may not claim that nothing is in doubt.
      const error = this.#isDoubted && this.#isEndedByWish() ? this.#unknown() : reason;
      throw LongarmError.from(error).code === "outcome_unknown" ? await this.#withEvidence(LongarmError.from(error)) : error;
    }
  }

  /** Where it matters, and was before this controller took the run. */
  async #findBeginning(): Promise<void> {
    const { progress, inDoubt } = this.#of;
    const { firstIntent } = progress;
    const { retry, stopping } = this.#carriage;
    if (!firstIntent || (retry.withinMs === null && (inDoubt.witnesses ?? []).length === 0)) return;
    const beganMs = await storedAt({ ...this.#carriage, signal: stopping }, (records) => intentRecord(records, firstIntent));
    this.#beganMs = beganMs ?? this.#beganMs;
  }

  async #waitBeforeFirst(): Promise<void> {
    const { after, identity } = this.#of;
    if (after && this.#attempt === 0)
      await pause(this.#carriage, { reason: "target_busy", sentence: after.why, forMs: after.ms, ordinal: identity.ordinal });
  }

  /** One attempt and what follows from it; undefined: another one is to follow. */
  async #try(): Promise<ActionResponse | undefined> {
    const { call, identity } = this.#of;
    this.#attempt += 1;
    return this.#follow(await sendAttempt(this.#carriage, { call, identity, attempt: this.#attempt, denials: this.#denials }));
  }

  async #follow(attempt: SentAttempt): Promise<ActionResponse | undefined> {
    const { writer, connection } = this.#carriage;
    const { call } = this.#of;
    const ended = this.#understood(attempt);
    this.#last = ended;
    if (mayBeAtWork(ended.end)) this.#doneAtMs = Math.max(this.#doneAtMs, targetIsDoneAtMs(attempt.leftByMs, connection.timeoutMs));
    const after = this.#decide(ended);
    // A repeat that is refused may be refused for what an earlier try has done.
    const isToldByState = after.kind === "settle" && this.#isDoubted && isRefusal(ended) && this.#readBack !== undefined;
    writer.defer({ ...ended.outcome, superseded: after.kind === "again" || after.kind === "readBack" || isToldByState });
    tellWhenStored(this.#carriage, ended);
    if (after.kind === "unknown" || (after.kind === "settle" && this.#isLeftInDoubt(ended))) throw unknownOutcome(call, ended.outcome);
    if (after.kind === "readBack") {
      this.#isDoubted = true;
      this.#counted += 1;
      return this.#resolve();
    }
    if (after.kind === "again") return this.#pauseBeforeNext(after, ended);
    const found = isToldByState ? await this.#look() : undefined;
    if (isToldByState && !found) writer.defer({ ...ended.outcome, superseded: false });
    return found ?? settled(ended);
  }

  // What says 200 and is no answer of the target's tells nothing of what the target did.
  #understood(ended: EndedAttempt): EndedAttempt {
    const { call, inDoubt } = this.#of;
    const { end, outcome } = ended;
    if (!needsIntent(call.effect) || end.kind !== "response" || end.status < 200 || end.status > 299) return ended;
    const answer = toActionResponse(end.status, outcome.headers, ended.body);
    if (inDoubt.isAnswer?.(answer) ?? typeof answer.body !== "string") return ended;
    const error = new LongarmError("unexpected_response", "What came back with a 2xx is no answer of the target's to this call.");
    const failure = { kind: "failure", delivery: "unknown", code: error.code } as const;
    return { ...ended, end: failure, outcome: { ...outcome, result: "unknown", error: error.toBody() } };
  }

  #decide(ended: EndedAttempt): AfterAttempt {
    const { effect } = this.#of.call;
    const isReadable = this.#readBack !== undefined;
    return decideAfterAttempt(ended.end, { effect, isReadable, ...this.#circumstances(this.#counted + 1) });
  }

  #circumstances(attempts: number) {
    return { attempts, elapsedMs: this.#elapsedMs, policy: this.#carriage.retry, jitter: this.#carriage.deps.random() };
  }

  get #elapsedMs(): number {
    return this.#carriage.deps.clock.monotonicMs() - this.#beganMs;
  }

  get #readBack(): ReadBack | undefined {
    const { ifUnknown } = this.#of.inDoubt;
    return typeof ifUnknown === "object" ? ifUnknown : undefined;
  }

  async #pauseBeforeNext(after: Extract<AfterAttempt, { kind: "again" }>, ended: EndedAttempt): Promise<undefined> {
    const why = pauseReason(after, { end: ended.end, counted: this.#counted + (after.free ? 0 : 1), policy: this.#carriage.retry });
    if (!after.free) this.#counted += 1;
    if (needsIntent(this.#of.call.effect) && mayHaveActed(ended.end)) this.#isDoubted = true;
    await this.#carriage.writer.write([]);
    await pause(this.#carriage, { ...why, forMs: after.afterMs, ordinal: this.#of.identity.ordinal });
  }

  /** Another controller left the call in doubt, or this one before its restart. */
  async #goOnFromDoubt(): Promise<ActionResponse | undefined> {
    const { call, progress, inDoubt } = this.#of;
    const { open } = progress;
    if (isAgentIntent(open)) {
      const { claimedAtMs, deps } = this.#carriage;
      const ended = await askAgent(this.#carriage, open, { sinceMs: claimedAtMs, queuedMs: 0 });
      this.#isDoubted = progress.wasDoubted;
      return this.#follow({ ...ended, leftByMs: leftByMs(claimedAtMs, deps.clock.monotonicMs()) });
    }
    const found = open && call.effect === "create" ? await this.#glance() : undefined;
    if (found) return found;
    const { ifUnknown, witnesses = [] } = inDoubt;
    if (open && (ifUnknown !== "tell" || witnesses.length > 0)) await outlast(this.#carriage, open);
    if (this.#readBack) return this.#resolve();
    if (call.effect === "converge" && ifUnknown === "repeat") return undefined;
    throw interrupted(call, progress.open);
  }

  /** What a create has made is its end, whenever it is seen; that it is not to be seen tells nothing while it may be under way. */
  async #glance(): Promise<ActionResponse | undefined> {
    if (!this.#readBack) return undefined;
    const readBacks = this.#newReadBacks();
    const finding = await this.#find(readBacks);
    return finding.kind === "applied" ? this.#reconcile(readBacks, finding.response) : undefined;
  }

  /** Reads until it is known what became of the call; undefined: it is to be sent again. */
  async #resolve(): Promise<ActionResponse | undefined> {
    const { call, identity } = this.#of;
    const readBacks = this.#newReadBacks();
    const why = `Whether ${identity.method} ${call.path} took effect is not known; the target is asked for its state`;
    await this.#carriage.writer.write([]);
    await readBacks.pause(firstReadPauseMs(call.effect), why);
    for (let reads = 1; ; reads += 1) {
      const atWorkMs = this.#atWorkMs;
      const finding = await this.#find(readBacks);
      const after = decideAfterReading(finding.kind, { effect: call.effect, reads, atWorkMs, ...this.#circumstances(this.#counted) });
      if (finding.kind === "applied") return this.#reconcile(readBacks, finding.response);
      if (finding.kind === "conflict") throw this.#settledAs(finding.error);
      if (after.kind === "giveUp") throw this.#settledAs(failureOf(this.#last));
      if (after.kind === "unknown") throw this.#unknown();
      if (after.kind === "readAgain") await readBacks.pause(after.afterMs, why);
      if (after.kind !== "again") continue;
      await readBacks.pause(after.afterMs, `${identity.method} ${call.path} did not take effect and is sent again`);
      return undefined;
    }
  }

  get #atWorkMs(): number {
    return this.#doneAtMs - this.#carriage.deps.clock.monotonicMs();
  }

  /**
   * Looks whether the state shows that an earlier try took effect, for as long as what is read may lag or the target may be at work.
   * Where it may lag, not to be seen in the end proves nothing: the refusal may be for what cannot be seen.
   */
  async #look(): Promise<ActionResponse | undefined> {
    const { clock } = this.#carriage.deps;
    const readBacks = this.#newReadBacks();
    const { lagMs = 0 } = this.#readBack ?? {};
    const sinceMs = clock.monotonicMs();
    const lookForMs = Math.max(lagMs, this.#atWorkMs);
    for (let looks = 1; ; looks += 1) {
      const startedMs = clock.monotonicMs();
      const finding = await this.#find(readBacks);
      if (finding.kind === "conflict") throw this.#settledAs(finding.error);
      if (finding.kind === "applied") return this.#reconcile(readBacks, finding.response);
      const pauseMs = nextLookPauseMs(looks, startedMs - sinceMs, lookForMs);
      if (pauseMs === undefined) break;
      await readBacks.pause(pauseMs, "What an earlier try may have made is not to be seen yet; it is looked for again");
    }
    if (lagMs > 0) throw this.#unknown();
    return undefined;
  }

  /** A read has shown that the call did not take effect. */
  #settledAs(error: LongarmError): LongarmError {
    this.#carriage.doubts.settle(this.#of.identity.callId);
    return error;
  }

  async #find(readBacks: ReadBacks): Promise<Found> {
    const finding = await readBacks.find();
    this.#reads = readBacks.attempts;
    return finding;
  }

  /** The last try has ended without an answer, and it or an earlier one may have taken effect. */
  #isLeftInDoubt({ end }: EndedAttempt): boolean {
    return needsIntent(this.#of.call.effect) && (mayHaveActed(end) || (this.#isDoubted && (end.kind === "failure" || end.status === 429)));
  }

  #unknown(): LongarmError {
    return this.#last ? unknownOutcome(this.#of.call, this.#last.outcome) : interrupted(this.#of.call, this.#of.progress.open);
  }

  async #reconcile(readBacks: ReadBacks, response: ActionResponse): Promise<ActionResponse> {
    const { effect } = this.#of.call;
    this.#carriage.writer.defer(await readBacks.reconciled({ attempt: this.#attempt, effect }, response));
    return response;
  }

  #newReadBacks(): ReadBacks {
    const readBack = this.#readBack;
    if (!readBack) throw new LongarmError("internal");
    return new ReadBacks(this.#carriage, { identity: this.#of.identity, readBack }, this.#reads);
  }

  #withEvidence(error: LongarmError): Promise<LongarmError> {
    const { identity, inDoubt } = this.#of;
    const { witnesses = [] } = inDoubt;
    const sentAtMs = this.#carriage.deps.clock.nowMs() - this.#elapsedMs;
    return withWitnesses(this.#carriage, { ordinal: identity.ordinal, sentAtMs, witnesses }, error);
  }

  #isEndedByWish(): boolean {
    const { signal } = this.#carriage;
    return signal.aborted && ["cancelled", "deadline_exceeded"].includes(LongarmError.from(signal.reason).code);
  }
}

/** Until when the target may be at work on what was done before this controller took the run; monotonic. */
function doneAtMs({ claimedAtMs, connection }: Carriage, { open, wasDoubted }: CallProgress): number {
  if (open && !isAgentIntent(open)) return claimedAtMs + settledAfterMs(connection.timeoutMs);
  return wasDoubted ? targetIsDoneAtMs(claimedAtMs, connection.timeoutMs) : claimedAtMs;
}
