import { LongarmError, needsIntent, type Attempt, type EffectClass, type Outcome } from "@longarm/shared";
import type { HttpMethod, RestRequest } from "@longarm/shared/rest";
import {
  toActionResponse,
  toRequestForm,
  type ActionRequest,
  type ActionResponse,
  type ActionRest,
  type ChangingRequest,
  type ReadingPost,
} from "@longarm/spoke";
import { callKnowledge } from "../decide/fold-run.ts";
import { decideAfterAttempt, defaultRetryLimits, type AfterAttempt } from "../decide/retry.ts";
import { readBytes } from "./bytes.ts";
import { attemptCall, type EndedAttempt } from "./call-attempt.ts";
import { checkSameCall, identifyCall } from "./call-identity.ts";
import { abortReason, type Carriage } from "./carriage.ts";
import { pause } from "./park.ts";
import { placeCall } from "./place-call.ts";
import { authOf, targetOf } from "./request.ts";

/** The first changing call of a dry run. */
export interface StoppedAt {
  readonly method: HttpMethod;
  readonly request: ChangingRequest;
}

type Call = Pick<RestRequest, "effect" | "method" | "path" | "query" | "headers" | "body">;

/** The calls of one run: answered from its log where it holds them, sent where it does not. */
export class RunCalls implements ActionRest {
  readonly #carriage: Carriage;
  readonly #effect: EffectClass;
  #next = 0;
  #stoppedAt: StoppedAt | undefined;

  constructor(carriage: Carriage, effect: EffectClass) {
    this.#carriage = carriage;
    this.#effect = effect;
  }

  /** How many calls were asked for so far; the ordinal of the next one. */
  get count(): number {
    return this.#next;
  }

  /** Where a dry run ended: at the first changing call, which was not sent. */
  get stoppedAt(): StoppedAt | undefined {
    return this.#stoppedAt;
  }

  get(request: ActionRequest): Promise<ActionResponse> {
    return this.#perform("GET", request, "read");
  }

  post(request: ChangingRequest | ReadingPost): Promise<ActionResponse> {
    return "effect" in request ? this.#perform("POST", request, "read") : this.#change("POST", request);
  }

  put(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("PUT", request);
  }

  delete(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("DELETE", request);
  }

  async #change(method: HttpMethod, request: ChangingRequest): Promise<ActionResponse> {
    if (!this.#carriage.submission.dryRun) return this.#perform(method, request, this.#effect);
    // Nothing of the action behind its first changing call can be known: it would depend on an answer that is never asked for.
    this.#stoppedAt ??= { method, request };
    throw new LongarmError("cancelled", "A dry run ends at its first changing call.");
  }

  async #perform(method: HttpMethod, request: ActionRequest, effect: EffectClass): Promise<ActionResponse> {
    const ordinal = this.#next;
    this.#next += 1;
    const { deps, submission, known } = this.#carriage;
    const call = { effect, method, ...toRequestForm(request) };
    const identity = identifyCall(deps.ring, submission.runId, { ordinal, method, target: targetOf(call), body: call.body });
    const knowledge = callKnowledge(known, ordinal);
    if (knowledge.kind === "settled") {
      checkSameCall(knowledge.outcome.call, identity);
      return this.#fromLog(knowledge.outcome);
    }
    if (knowledge.kind === "open") {
      checkSameCall(knowledge.intent.call, identity);
      if (effect === "create" || effect === "once") throw interrupted(identity.method, call.path);
      return this.#send(call, identity, knowledge.intent.attempt);
    }
    return this.#send(call, identity, knowledge.kind === "begun" ? knowledge.attempts : 0);
  }

  async #send(call: Call, identity: Outcome["call"], attemptsBefore: number): Promise<ActionResponse> {
    const { deps, writer } = this.#carriage;
    let counted = attemptsBefore;
    for (let attempt = attemptsBefore + 1; ; attempt += 1) {
      const ended = await this.#attempt(call, identity, attempt);
      const after = decideAfterAttempt(ended.end, {
        effect: call.effect,
        attempts: counted + 1,
        limits: defaultRetryLimits,
        jitter: Math.random(),
      });
      const superseded = after.kind === "again";
      writer.defer({ ...ended.outcome, superseded });
      if (after.kind === "unknown") throw unknownOutcome(call, ended);
      if (after.kind === "settle") return settled(ended);
      if (!after.free) counted += 1;
      await writer.write([]);
      await pause(this.#carriage, { ...pauseReason(after), forMs: after.afterMs, ordinal: identity.ordinal });
      deps.signals.tell(this.#carriage.submission.runId, "progress");
    }
  }

  async #attempt(call: Call, identity: Outcome["call"], attempt: number): Promise<EndedAttempt> {
    const { deps, submission, connection, writer, signal } = this.#carriage;
    if (submission.dryRun && needsIntent(call.effect))
      throw new LongarmError("internal", "A dry run came to the point of changing something.");
    const askedMs = deps.clock.monotonicMs();
    const placed = await placeCall(this.#carriage, { ordinal: identity.ordinal, seed: `${identity.callId}/${attempt}` });
    try {
      const base = { runId: submission.runId, callId: identity.callId, attempt, baseUrl: connection.baseUrl };
      const limits = { timeoutMs: connection.timeoutMs, maxResponseBytes: connection.maxResponseBytes };
      const request: RestRequest = { ...base, ...call, ...limits, auth: await authOf(deps, connection) };
      if (needsIntent(call.effect)) {
        const notAfterMs = deps.clock.nowMs() + connection.timeoutMs;
        await writer.write([
          { kind: "intent", call: identity, attempt, effect: call.effect, executor: placed.choice, notAfterMs, resumeAt: null },
        ]);
      } else {
        await writer.write([]);
      }
      if (signal.aborted) {
        const error = abortReason(signal);
        // Without it the intent would stand open, and the next owner could not know that nothing was sent.
        if (needsIntent(call.effect))
          writer.defer(notSent({ call: identity, attempt, effect: call.effect, executor: placed.choice }, error));
        throw error;
      }
      return await attemptCall(this.#carriage, { request, identity, placed, queuedMs: deps.clock.monotonicMs() - askedMs });
    } finally {
      placed.release();
    }
  }

  async #fromLog(outcome: Outcome): Promise<ActionResponse> {
    if (outcome.result === "response") {
      const body = await readBytes(this.#carriage.deps.blobs, this.#carriage.submission.runId, outcome.body);
      return toActionResponse(outcome.status ?? 0, outcome.headers, body);
    }
    throw outcome.error ? LongarmError.fromBody(outcome.error) : new LongarmError("outcome_unknown");
  }
}

function notSent(attempt: Attempt, error: LongarmError): Outcome {
  const nothing = { status: null, headers: {}, body: null, record: {}, queuedMs: 0 } as const;
  return { kind: "outcome", ...attempt, ...nothing, result: "not_sent", error: error.toBody(), superseded: true };
}

function settled(ended: EndedAttempt): ActionResponse {
  if (ended.end.kind === "response") return toActionResponse(ended.end.status, ended.outcome.headers, ended.body);
  throw ended.outcome.error ? LongarmError.fromBody(ended.outcome.error) : new LongarmError("internal");
}

function pauseReason(after: Extract<AfterAttempt, { kind: "again" }>): { reason: string; sentence: string } {
  const seconds = Math.ceil(after.afterMs / 1_000);
  if (after.reason === "rate_limited")
    return { reason: "rate_limited", sentence: `The target's rate limit is used up; the call goes on in ${seconds} s.` };
  return { reason: "retry", sentence: `The last attempt did not succeed; the next one follows in ${seconds} s.` };
}

function unknownOutcome(call: Call, ended: EndedAttempt): LongarmError {
  const status = ended.end.kind === "response" ? ended.end.status : null;
  const evidence = {
    method: call.method,
    path: call.path,
    effect: call.effect,
    status,
    oktaRequestId: ended.outcome.record["oktaRequestId"] ?? null,
  };
  return new LongarmError(
    "outcome_unknown",
    `${call.method} ${call.path} may or may not have taken effect, so it is not repeated. Look at the target, then settle the run.`,
    {
      details: { evidence, ...(ended.outcome.error && { reason: ended.outcome.error.message }) },
    },
  );
}

function interrupted(method: string, path: string): LongarmError {
  return new LongarmError(
    "outcome_unknown",
    `The controller that sent ${method} ${path} stopped before it knew the outcome, so the call is not repeated. Look at the target, then settle the run.`,
    {
      details: { evidence: { method, path } },
    },
  );
}
