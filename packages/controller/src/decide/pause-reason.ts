import type { RetryPolicy } from "@longarm/shared";
import type { AfterAttempt, AttemptEnd } from "./retry.ts";

/** Why a run pauses, in a word and in a sentence with its counts. */
export interface PauseReason {
  readonly reason: "rate_limited" | "retry";
  readonly sentence: string;
}

/** Tells the pause between an attempt and the next one; `counted` are the attempts that counted, the last one included. */
export function pauseReason(
  after: Extract<AfterAttempt, { kind: "again" }>,
  of: { readonly end: AttemptEnd; readonly counted: number; readonly policy: RetryPolicy },
): PauseReason {
  const seconds = Math.ceil(after.afterMs / 1_000);
  if (after.reason === "rate_limited")
    return { reason: "rate_limited", sentence: `${limitSentence(of.end)} The call goes on in ${seconds} s.` };
  const { counted, policy } = of;
  const next = counted + (after.free ? 0 : 1);
  return {
    reason: "retry",
    sentence: `The last attempt ${endClause(of.end)}; attempt ${next} of ${policy.attempts} follows in ${seconds} s.`,
  };
}

function endClause(end: AttemptEnd): string {
  if (end.kind === "response") return `was answered with ${end.status}`;
  return end.delivery === "not_sent" ? `was not sent (${end.code})` : `had no answer (${end.code})`;
}

function limitSentence(end: AttemptEnd): string {
  const limit = end.kind === "response" ? end.rateLimit : null;
  if (!limit) return "The target asks for fewer requests.";
  if (limit.limit === 0) return "The target has too many requests of this token at once.";
  return `${limit.remaining} of ${limit.limit} requests are left in the target's rate limit.`;
}
