import { isRepeatable, type Delivery, type EffectClass, type ErrorCode } from "@longarm/shared";

/** How one attempt of a call ended. `rateLimit` holds Unix seconds by the target's own clock, `retryAfterSeconds` its other word on the matter. */
export type AttemptEnd =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly rateLimit?: {
        readonly limit: number;
        readonly remaining: number;
        readonly reset: number;
        readonly date: number | null;
      } | null;
      readonly retryAfterSeconds?: number | null;
    }
  | { readonly kind: "failure"; readonly delivery: Delivery; readonly code: ErrorCode };

/**
 * `settle`: the action sees it. `again`: after a pause; a free one costs no attempt. `readBack`: it may have taken effect, and a read
 * can tell. `unknown`: it may have, and nobody may repeat it.
 */
export type AfterAttempt =
  | { readonly kind: "settle" }
  | {
      readonly kind: "again";
      readonly afterMs: number;
      readonly free: boolean;
      readonly reason: "rate_limited" | "not_sent" | "repeatable" | "elsewhere";
    }
  | { readonly kind: "readBack" }
  | { readonly kind: "unknown" };

export interface RetryLimits {
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const defaultRetryLimits: RetryLimits = { attempts: 5, firstPauseMs: 100, longestPauseMs: 10_000 };

interface Circumstances {
  readonly effect: EffectClass;
  /** Is there a read that tells whether the call took effect? */
  readonly isReadable: boolean;
  /** Attempts that counted so far, this one included. */
  readonly attempts: number;
  readonly limits: RetryLimits;
  /** Evenly spread over 0 to 1: full jitter. */
  readonly jitter: number;
}

// The same request would come to the same end.
const hopeless: ReadonlySet<ErrorCode> = new Set(["invalid_request", "response_too_large", "unexpected_response"]);
const passingFaults = new Set([500, 502, 503, 504]);
const assumedRateWindowSeconds = 60;
// A target's word on when to come back is taken within these bounds: none may make a busy loop, none may park a run for ever.
const rateLimitPauseBoundsMs = { least: 1_000, most: 3_600_000 };
const concurrencyPauseMs = 2_000;
// Enough that a directory which has not noticed yet cannot make a busy loop.
const elsewherePauseMs = 20;

/** What to do after an attempt, by its effect class: only what cannot have taken effect, or may safely do so twice, is repeated. */
export function decideAfterAttempt(end: AttemptEnd, at: Circumstances): AfterAttempt {
  if (end.kind === "response") return afterResponse(end, at);
  if (end.delivery === "unknown" && isReadBack(at)) return { kind: "readBack" };
  if (end.delivery === "unknown" && !isRepeatable(at.effect)) return { kind: "unknown" };
  if (end.delivery === "not_sent" && end.code === "agent_lost")
    return { kind: "again", afterMs: elsewherePauseMs, free: true, reason: "elsewhere" };
  if (hopeless.has(end.code) || at.attempts >= at.limits.attempts) return { kind: "settle" };
  return { kind: "again", afterMs: repeatPauseMs(at), free: false, reason: end.delivery === "not_sent" ? "not_sent" : "repeatable" };
}

function afterResponse(end: Extract<AttemptEnd, { kind: "response" }>, at: Circumstances): AfterAttempt {
  if (end.status === 429) return { kind: "again", afterMs: rateLimitPauseMs(end, at), free: true, reason: "rate_limited" };
  if (!passingFaults.has(end.status)) return { kind: "settle" };
  if (isReadBack(at)) return { kind: "readBack" };
  if (!isRepeatable(at.effect)) return { kind: "unknown" };
  if (at.attempts >= at.limits.attempts) return { kind: "settle" };
  return { kind: "again", afterMs: repeatPauseMs(at), free: false, reason: "repeatable" };
}

/** May the target have acted although this is how the attempt ended? */
export function mayHaveActed(end: AttemptEnd): boolean {
  return end.kind === "response" ? passingFaults.has(end.status) : end.delivery === "unknown";
}

function isReadBack({ effect, isReadable }: Circumstances): boolean {
  return isReadable && effect !== "read";
}

/** The pause before another attempt: exponential, with full jitter. */
export function repeatPauseMs({ attempts, limits, jitter }: Pick<Circumstances, "attempts" | "limits" | "jitter">): number {
  return Math.min(limits.firstPauseMs * 2 ** (attempts - 1), limits.longestPauseMs) * jitter;
}

/** Okta names the reset on its own clock; limit 0 and remaining 0 is its concurrency limit, whose reset means nothing. */
function rateLimitPauseMs({ rateLimit, retryAfterSeconds }: Extract<AttemptEnd, { kind: "response" }>, at: Circumstances): number {
  if (rateLimit && rateLimit.limit === 0 && rateLimit.remaining === 0) return concurrencyPauseMs * (0.5 + at.jitter / 2);
  const seconds = retryAfterSeconds ?? (rateLimit?.date ? rateLimit.reset - rateLimit.date + 1 : assumedRateWindowSeconds);
  return Math.min(Math.max(seconds * 1_000, rateLimitPauseBoundsMs.least), rateLimitPauseBoundsMs.most);
}
