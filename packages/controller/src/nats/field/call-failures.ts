import { type Clock, type Delivery, type ErrorBody, LongarmError } from "@longarm/shared";
import type { RestFailure, RestRequest } from "@longarm/shared/rest";

/** A failure that no agent reported: made here, with what is known of the call here. */
export function failureOf(
  request: RestRequest,
  fault: { readonly delivery: Delivery; readonly error: LongarmError },
  clock: Clock,
): RestFailure {
  const { method, path, body } = request;
  const nothing = { status: null, headMs: null, totalMs: null, oktaRequestId: null, rateLimit: null };
  const record = { ...nothing, method, path, sentAt: clock.nowMs(), requestBytes: body?.length ?? 0, responseBytes: 0 };
  return { kind: "failure", ...fault, record };
}

/** The agent is gone, or went silent: whether the target saw the call is not known. */
export function lostError(sentence: string, details: Readonly<Record<string, unknown>> = {}): LongarmError {
  return new LongarmError("agent_lost", sentence, { retryable: true, details });
}

/** A refusal tells that the call was not begun, but for one: what was begun before may have taken effect. */
export function deliveryOfRefusal({ details }: ErrorBody): Delivery {
  return (details as { readonly reason?: unknown } | undefined)?.reason === "already_seen" ? "unknown" : "not_sent";
}
