import { isRepeatable, type Delivery, type EffectClass, type ErrorCode, type RetryOutcome, type RetryPolicy } from "@longarm/shared";

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
  | {
      readonly kind: "failure";
      readonly delivery: Delivery;
      readonly code: ErrorCode;
      /** Did an agent refuse it for what is mended by itself within a second or two? */
      readonly isPassing?: boolean;
      /** Did the site of an agent deny it? Another agent's site may allow it. */
      readonly isDenied?: boolean;
    };

/**
 * `settle`: the action sees it. `again`: after a pause; a free one costs no attempt. `readBack`: it may have taken effect, and a read
 * can tell. `unknown`: it may have, and nobody may repeat it, or nobody wants to any more.
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

/** What else the decision hangs on. */
export interface Circumstances {
  readonly effect: EffectClass;
  /** Is there a read that tells whether the call took effect? */
  readonly isReadable: boolean;
  /** Attempts that counted so far, this one included. */
  readonly attempts: number;
  /** Milliseconds since the first attempt began. */
  readonly elapsedMs: number;
  readonly policy: RetryPolicy;
  /** Evenly spread over 0 to 1: full jitter. */
  readonly jitter: number;
}

// The same request would come to the same end. The target's word on a credential is its last one, too: a wrong key stays wrong.
const hopeless: ReadonlySet<ErrorCode> = new Set([
  "authentication_failed",
  "invalid_request",
  "permission_missing",
  "policy_denied",
  "response_too_large",
  "unexpected_response",
]);
// What stands between may answer with codes of its own: all of them but "not implemented" and "version not supported" may come late.
const finalFaults = new Set([501, 505]);
// The one passing fault that what stands between target and client does not tell of its own accord.
const ownFault = 500;
const requestTimeout = 408;
const assumedRateWindowSeconds = 60;
// A target's word on when to come back is taken within these bounds: none may make a busy loop, none may park a run for ever.
const rateLimitPauseBoundsMs = { least: 1_000, most: 3_600_000 };
const concurrencyPauseMs = 2_000;
// Enough that a directory which has not noticed yet cannot make a busy loop.
const elsewherePauseMs = 20;
// An agent reads a clock again, and tells of its journal, each second.
const passingPauseMs = 1_000;

/**
 * What to do after an attempt. The effect class comes first: only what cannot have taken effect, or may safely do so twice, can be
 * repeated at all. The policy then says whether it is.
 */
export function decideAfterAttempt(end: AttemptEnd, at: Circumstances): AfterAttempt {
  if (end.kind === "response") return afterResponse(end, at);
  if (end.delivery === "unknown") return afterDoubt("unknown", at, { isHopeless: hopeless.has(end.code) });
  if (isElsewhere(end.code) || end.isDenied) {
    const afterMs = end.code === "broker_unavailable" ? passingPauseMs : elsewherePauseMs;
    return { kind: "again", afterMs, free: true, reason: "elsewhere" };
  }
  if (hopeless.has(end.code) && !end.isPassing) return { kind: "settle" };
  return repeat("not_sent", at, end.isPassing ? passingPauseMs : 0) ?? { kind: "settle" };
}

function afterResponse(end: Extract<AttemptEnd, { kind: "response" }>, at: Circumstances): AfterAttempt {
  if (end.status === 429) return afterRateLimit(end, at);
  if (!isPassingFault(end.status)) return { kind: "settle" };
  return afterDoubt("target_error", at, { leastMs: statedPauseMs(end) });
}

function afterRateLimit(end: Extract<AttemptEnd, { kind: "response" }>, at: Circumstances): AfterAttempt {
  const afterMs = rateLimitPauseMs(end, at);
  if (!at.policy.on.includes("rate_limited") || !isInTime(afterMs, at)) return { kind: "settle" };
  return { kind: "again", afterMs, free: true, reason: "rate_limited" };
}

/** Nobody knows whether it took effect. What may be repeated but is not ends as it is, unless it changes something. */
function afterDoubt(
  outcome: "unknown" | "target_error",
  at: Circumstances,
  { isHopeless = false, leastMs = 0 }: { readonly isHopeless?: boolean; readonly leastMs?: number },
): AfterAttempt {
  if (isReadBack(at)) return { kind: "readBack" };
  const again = isRepeatable(at.effect) && !isHopeless ? repeat(outcome, at, leastMs) : undefined;
  return again ?? { kind: at.effect === "read" ? "settle" : "unknown" };
}

/**
 * Was an unsent call never on its way? To send it then is no repeat, but the same try at another place, under another term of this
 * controller's lease, or when our own broker is back.
 */
export function isElsewhere(code: ErrorCode): boolean {
  return code === "agent_lost" || code === "overtaken" || code === "broker_unavailable";
}

function isPassingFault(status: number): boolean {
  return status === requestTimeout || (status >= 500 && !finalFaults.has(status));
}

/** May the target have acted although this is how the attempt ended? */
export function mayHaveActed(end: AttemptEnd): boolean {
  return end.kind === "response" ? isPassingFault(end.status) : end.delivery === "unknown";
}

/** May the target be at work on the request although this is how the attempt ended: did it not say itself that it is done? */
export function mayBeAtWork(end: AttemptEnd): boolean {
  return mayHaveActed(end) && !(end.kind === "response" && end.status === ownFault);
}

function isReadBack({ effect, isReadable }: Circumstances): boolean {
  return isReadable && effect !== "read";
}

function repeat(outcome: RetryOutcome, at: Circumstances, leastMs = 0): AfterAttempt | undefined {
  const afterMs = Math.max(repeatPauseMs(at), leastMs);
  if (!at.policy.on.includes(outcome) || !mayRepeat(at, afterMs)) return undefined;
  return { kind: "again", afterMs, free: false, reason: outcome === "not_sent" ? "not_sent" : "repeatable" };
}

/** Is an attempt left that can begin in time after a pause of `afterMs`? */
export function mayRepeat(at: Pick<Circumstances, "attempts" | "elapsedMs" | "policy">, afterMs: number): boolean {
  return at.attempts < at.policy.attempts && isInTime(afterMs, at);
}

function isInTime(afterMs: number, { elapsedMs, policy }: Pick<Circumstances, "elapsedMs" | "policy">): boolean {
  return policy.withinMs === null || elapsedMs + afterMs <= policy.withinMs;
}

/** The pause before another attempt: exponential, with full jitter. */
export function repeatPauseMs({ attempts, policy, jitter }: Pick<Circumstances, "attempts" | "policy" | "jitter">): number {
  return Math.min(policy.firstPauseMs * policy.factor ** (attempts - 1), policy.longestPauseMs) * jitter;
}

/** As long as `Retry-After` says, within bounds; 0 where it says nothing. */
function statedPauseMs({ retryAfterSeconds }: Extract<AttemptEnd, { kind: "response" }>): number {
  return Math.min((retryAfterSeconds ?? 0) * 1_000, rateLimitPauseBoundsMs.most);
}

/**
 * Okta names the reset on its own clock; limit 0 and remaining 0 is its concurrency limit, whose reset means nothing. Where
 * `Retry-After` stands beside it, the later of the two holds.
 */
function rateLimitPauseMs({ rateLimit, retryAfterSeconds }: Extract<AttemptEnd, { kind: "response" }>, at: Circumstances): number {
  if (rateLimit && rateLimit.limit === 0 && rateLimit.remaining === 0) return concurrencyPauseMs * (0.5 + at.jitter / 2);
  const resetSeconds = rateLimit?.date ? rateLimit.reset - rateLimit.date + 1 : null;
  const stated = [retryAfterSeconds ?? null, resetSeconds].filter((seconds) => seconds !== null);
  const seconds = stated.length > 0 ? Math.max(...stated) : assumedRateWindowSeconds;
  return Math.min(Math.max(seconds * 1_000, rateLimitPauseBoundsMs.least), rateLimitPauseBoundsMs.most);
}
