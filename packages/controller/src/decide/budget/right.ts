import type { BudgetTerms, Lane } from "@longarm/shared";
import type { LimitWindow } from "./window.ts";

/** What is known of a bucket, here and from the other controllers. Milliseconds are of our own monotonic clock. */
export interface BucketState {
  readonly window: LimitWindow | null;
  /** Requests that may be made and are not answered yet: of this controller, and of the others as far as they have told. */
  readonly pending: number;
  readonly pendingElsewhere: number;
  /** Requests of this controller that are over and were granted so lately that the others may not have heard of them. */
  readonly settling: number;
  /** How many controllers there are, this one included. */
  readonly controllers: number;
  /** Requests of this window that got no answer: the target may have counted them. */
  readonly unanswered: number;
  /** No request before this time: the target has refused one. */
  readonly pausedUntilMs: number;
  /** When an interactive run last asked for a request; minus infinity: never. */
  readonly interactiveAtMs: number;
}

/** What holds for a bucket whatever is known of its window. */
export interface BucketRule {
  readonly windowMs: number;
  /** Null: none is known, and none is kept until the target names one. */
  readonly assumedLimit: number | null;
  readonly terms: BudgetTerms;
}

/** May a run of a lane make one more request, and else: why not, and when to look again at the latest? */
export type Right =
  | { readonly kind: "may" }
  | { readonly kind: "wait"; readonly untilMs: number; readonly why: "paused" }
  | {
      readonly kind: "wait";
      readonly untilMs: number;
      readonly why: "spent" | "paced" | "left";
      readonly used: number;
      readonly allowed: number;
    };

/** For how long after an interactive request a part is kept for the next one. */
export const reserveForMs = 10_000;
// Bulk may use so much of its part at once; the rest comes evenly, so that nobody finds the bucket empty for a minute.
const atOnceShare = 0.5;
// By so long before the window's end all of it has come: to be used, and not only to be allowed.
const allBeforeEndMs = 3_000;
// Answers and the others' words come more often than that.
const leftLookMs = 250;
// While no window is known, the first answer tells; it is not long in coming.
const unknownLookMs = 1_000;

const may: Right = { kind: "may" };

/**
 * A lane's right to one more request. What the target itself has counted goes before what we count, so other clients' use counts as
 * ours: together no more than `maxShare` of the limit. Requests under way count beside that until they are answered; some are then
 * counted twice for a moment, which errs on the side of the limit. Since the others may be asking at this very moment, a controller takes
 * no more than its part of what is left before they have heard of it, however fast it is answered.
 */
export function rightOf(lane: Lane, state: BucketState, { rule, nowMs }: { readonly rule: BucketRule; readonly nowMs: number }): Right {
  const { pausedUntilMs, pending, pendingElsewhere, settling, controllers } = state;
  if (pausedUntilMs > nowMs) return { kind: "wait", untilMs: pausedUntilMs, why: "paused" };
  const window = state.window && state.window.endsMs > nowMs ? state.window : null;
  const limit = state.window?.limit ?? rule.assumedLimit;
  if (limit === null) return may;
  const counted = window ? window.used + state.unanswered : 0;
  const used = counted + pending + pendingElsewhere;
  const endsMs = window?.endsMs ?? nowMs + unknownLookMs;
  const { allowed, isPaced } = allowance(lane, { limit, state, rule, nowMs, startsMs: window ? endsMs - rule.windowMs : nowMs });
  if (used < allowed) {
    if (pending + settling < Math.ceil((allowed - counted) / controllers)) return may;
    return { kind: "wait", untilMs: nowMs + leftLookMs, why: "left", used, allowed };
  }
  const untilMs = isPaced ? Math.min(endsMs, nowMs + paceMs(allowed, rule)) : endsMs;
  return { kind: "wait", untilMs, why: isPaced ? "paced" : "spent", used, allowed };
}

/** How many requests of a window may be made in all; `isReserved`: by those for whom the reserve is not. */
export function shareOf(limit: number, { maxShare, interactiveReserve }: BudgetTerms, isReserved: boolean): number {
  const all = Math.max(1, Math.floor(limit * maxShare));
  return isReserved ? Math.max(1, all - Math.floor(all * interactiveReserve)) : all;
}

interface Circumstances {
  readonly limit: number;
  readonly state: BucketState;
  readonly rule: BucketRule;
  readonly nowMs: number;
  readonly startsMs: number;
}

function allowance(lane: Lane, { limit, state, rule, nowMs, startsMs }: Circumstances): { allowed: number; isPaced: boolean } {
  const isReserved = lane !== "interactive" && nowMs - state.interactiveAtMs < reserveForMs;
  const share = shareOf(limit, rule.terms, isReserved);
  if (lane !== "bulk") return { allowed: share, isPaced: false };
  const passed = Math.min(1, Math.max(0, (nowMs - startsMs) / Math.max(1, rule.windowMs - allBeforeEndMs)));
  const allowed = Math.max(1, Math.floor(share * (atOnceShare + (1 - atOnceShare) * passed)));
  return { allowed, isPaced: allowed < share };
}

/** How long it takes until bulk may make about one request more. */
function paceMs(allowed: number, { windowMs }: BucketRule): number {
  return Math.max(10, windowMs / Math.max(1, allowed));
}
