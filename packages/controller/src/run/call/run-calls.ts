import { LongarmError, type EffectClass, type Outcome } from "@longarm/shared";
import type { HttpMethod } from "@longarm/shared/rest";
import {
  toActionResponse,
  toRequestForm,
  type ActionRequest,
  type ActionResponse,
  type ActionRest,
  type ChangingRequest,
  type ReadingPost,
} from "@longarm/spoke";
import { callKnowledge } from "../../decide/call-progress.ts";
import { readBytes } from "../bytes.ts";
import { checkSameCall, identifyCall } from "./call-identity.ts";
import type { Carriage } from "../carriage.ts";
import { patiently } from "../wait/patiently.ts";
import { targetOf } from "./request.ts";
import { sendCall, type InDoubt } from "./send-call.ts";
import { unknownOutcome } from "./unknown-outcome.ts";

/** The first changing call of a dry run. */
export interface StoppedAt {
  readonly method: HttpMethod;
  readonly request: ChangingRequest;
}

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
    return this.#perform("GET", request, { effect: "read" });
  }

  post(request: ChangingRequest | ReadingPost): Promise<ActionResponse> {
    return "effect" in request ? this.#perform("POST", request, { effect: "read" }) : this.#change("POST", request);
  }

  put(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("PUT", request);
  }

  delete(request: ChangingRequest): Promise<ActionResponse> {
    return this.#change("DELETE", request);
  }

  async #change(method: HttpMethod, request: ChangingRequest): Promise<ActionResponse> {
    await this.#check(request);
    if (!this.#carriage.submission.dryRun) {
      return this.#perform(method, request, { effect: request.onlyOnce === true ? "once" : this.#effect, inDoubt: request });
    }
    // Nothing of the action behind its first changing call can be known: it would depend on an answer that is never asked for.
    this.#stoppedAt ??= { method, request };
    throw new LongarmError("cancelled", "A dry run ends at its first changing call.");
  }

  // A call that was begun was checked before; what is checked against may be another by now.
  async #check({ check }: ChangingRequest): Promise<void> {
    const knowledge = callKnowledge(this.#carriage.known, this.#next);
    if (check && knowledge.kind === "unsettled" && knowledge.progress.attempts === 0)
      await this.#carriage.deps.checks.make(this.#carriage, check, this.#next);
  }

  async #perform(
    method: HttpMethod,
    request: ActionRequest,
    { effect, inDoubt = {} }: { readonly effect: EffectClass; readonly inDoubt?: InDoubt },
  ): Promise<ActionResponse> {
    const ordinal = this.#next;
    this.#next += 1;
    const { deps, submission, known } = this.#carriage;
    const call = { effect, method, ...toRequestForm(request) };
    const identity = identifyCall(deps.ring, submission.runId, { ordinal, method, target: targetOf(call), body: call.body });
    const knowledge = callKnowledge(known, ordinal);
    if (knowledge.kind === "settled") {
      checkSameCall(knowledge.outcome.call, identity);
      if (knowledge.isInDoubt) throw unknownOutcome(call, knowledge.outcome);
      return this.#fromLog(knowledge.outcome);
    }
    const { progress } = knowledge;
    if (progress.open) checkSameCall(progress.open.call, identity);
    return sendCall(this.#carriage, { call, identity, after: request.after, inDoubt, progress });
  }

  async #fromLog(outcome: Outcome): Promise<ActionResponse> {
    if (outcome.result === "response") {
      const { deps, submission, signal } = this.#carriage;
      const body = await patiently({ clock: deps.clock, signal }, () => readBytes(deps.blobs, submission.runId, outcome.body));
      return toActionResponse(outcome.status ?? 0, outcome.headers, body);
    }
    throw outcome.error ? LongarmError.fromBody(outcome.error) : new LongarmError("outcome_unknown");
  }
}
