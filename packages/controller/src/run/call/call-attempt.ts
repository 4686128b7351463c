import { LongarmError, type CallIdentity, type EffectClass, type ExecutorChoice, type Outcome } from "@longarm/shared";
import { toActionResponse, type ActionResponse } from "@longarm/spoke";
import { collectBody, type CallRecord, type RestFailure, type RestRequest } from "@longarm/shared/rest";
import type { AttemptEnd } from "../../decide/retry.ts";
import { isDenied } from "./denials.ts";
import { readRetryAfter } from "./retry-after.ts";
import { keepBytes, recordInlineBytes } from "../bytes.ts";
import type { Carriage } from "../carriage.ts";
import type { PlacedCall } from "../place/place-call.ts";

/** One attempt that has ended: what the retry rule asks, and what the log will say. */
export interface EndedAttempt {
  readonly end: AttemptEnd;
  readonly outcome: Omit<Outcome, "superseded">;
  readonly body: Uint8Array;
}

interface Trial {
  readonly request: RestRequest;
  readonly identity: CallIdentity;
  readonly placed: PlacedCall;
  readonly queuedMs: number;
}

/** What is known of an attempt beside how it ended. */
export interface Tried {
  readonly identity: CallIdentity;
  readonly attempt: number;
  readonly effect: EffectClass;
  readonly executor: ExecutorChoice;
  readonly queuedMs: number;
}

/** Sends one attempt to its place and reads the answer to its end. */
export async function attemptCall(carriage: Carriage, trial: Trial): Promise<EndedAttempt> {
  const { request, placed, identity, queuedMs } = trial;
  const tried = { identity, attempt: request.attempt, effect: request.effect, executor: placed.choice, queuedMs };
  const signal = request.effect === "read" ? carriage.signal : carriage.stopping;
  const answer = await placed.executor.send(request, signal);
  if (answer.kind === "failure") return failedAttempt(tried, answer);
  try {
    const body = await collectBody(answer, request.maxResponseBytes);
    return await answeredAttempt(carriage, tried, { status: answer.status, headers: answer.headers, body, record: answer.record() });
  } catch (reason) {
    return failedAttempt(tried, { kind: "failure", delivery: "unknown", error: LongarmError.from(reason), record: answer.record() });
  }
}

/** A response, read to its end. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly record: CallRecord;
}

/** The attempt that ended with this answer; a long body is stored before this resolves. */
export async function answeredAttempt(carriage: Carriage, tried: Tried, answer: Answer): Promise<EndedAttempt> {
  const { attempt } = tried;
  const { callId } = tried.identity;
  const keep = {
    part: callId,
    epoch: carriage.epoch,
    attempt,
    bytes: answer.body,
    inlineBytes: recordInlineBytes,
    signal: carriage.stopping,
  };
  const body = await keepBytes(carriage.deps.blobs, carriage.submission.runId, keep);
  const { "retry-after": retryAfter, date } = answer.headers;
  return {
    end: {
      kind: "response",
      status: answer.status,
      rateLimit: answer.record.rateLimit,
      retryAfterSeconds: readRetryAfter(retryAfter, { date, nowMs: carriage.deps.clock.nowMs() }),
    },
    outcome: {
      ...outcomeOf(tried),
      result: "response",
      status: answer.status,
      headers: answer.headers,
      body,
      record: { ...answer.record },
      error: null,
    },
    body: answer.body,
  };
}

/** The attempt that ended with this failure. */
export function failedAttempt(tried: Tried, failure: RestFailure): EndedAttempt {
  const { delivery, error, record } = failure;
  return {
    end: endOfFailure(tried.executor, { delivery, error }),
    outcome: { ...outcomeOf(tried), result: delivery, status: null, headers: {}, body: null, record: { ...record }, error: error.toBody() },
    body: new Uint8Array(),
  };
}

/** What the retry rule asks about a failure. */
export function endOfFailure(executor: ExecutorChoice, { delivery, error }: Pick<RestFailure, "delivery" | "error">): AttemptEnd {
  const denied = isDenied(executor, error);
  return { kind: "failure", delivery, code: error.code, ...(isPassing(error) && { isPassing: true }), ...(denied && { isDenied: true }) };
}

const passingRefusals: ReadonlySet<unknown> = new Set(["clock_uncertain", "journal_differs", "too_far_ahead", "too_late"]);

function isPassing({ code, details, retryable }: LongarmError): boolean {
  return (code === "agent_refused" && passingRefusals.has(details["reason"])) || (code === "policy_denied" && retryable);
}

function outcomeOf({ identity, attempt, effect, executor, queuedMs }: Tried) {
  return { kind: "outcome", call: identity, attempt, effect, executor, queuedMs } as const;
}

/** Did the target refuse it? */
export function isRefusal({ end }: EndedAttempt): boolean {
  return end.kind === "response" && end.status >= 400 && end.status < 500;
}

/** What the action is given for an attempt that is the last. Throws what it failed with. */
export function settled(ended: EndedAttempt): ActionResponse {
  if (ended.end.kind === "response") return toActionResponse(ended.end.status, ended.outcome.headers, ended.body);
  throw failureOf(ended);
}

/** The error of an attempt that did not take effect, or of none. */
export function failureOf(ended: EndedAttempt | null): LongarmError {
  if (ended?.outcome.error) return LongarmError.fromBody(ended.outcome.error);
  const status = ended?.end.kind === "response" ? ended.end.status : null;
  return new LongarmError("target_error", "The call did not take effect, as the target's state shows, and is not tried any more.", {
    details: { status },
    retryable: true,
  });
}
