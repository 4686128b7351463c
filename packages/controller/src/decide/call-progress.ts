import type { Intent, Outcome } from "@longarm/shared";
import { isElsewhere, mayHaveActed } from "./retry.ts";
import type { RunState } from "./fold-run.ts";

/** The branch under which the log keeps the reads that settle a call of the action itself. */
export const readBackBranch = "readBack";
/** The branch of the read by which a call is checked before it leaves. */
export const checkBranch = "check";
/** The branch of the reads that are evidence for a person. */
export const witnessBranch = "witness";

/** What the log knows of one call. */
export type CallKnowledge =
  /** It has its final outcome. `isInDoubt`: nobody knows whether it, or a try before it, took effect. */
  | { readonly kind: "settled"; readonly outcome: Outcome; readonly isInDoubt: boolean }
  /** It is to go on from here. */
  | { readonly kind: "unsettled"; readonly progress: CallProgress };

/** How far a call has come. Times are Unix milliseconds. */
export interface CallProgress {
  /** Attempts that were begun. */
  readonly attempts: number;
  /** Attempts that ended, and count as the retry policy counts. */
  readonly counted: number;
  /** Reads that were made to settle it. */
  readonly reads: number;
  /** May an attempt have taken effect? */
  readonly isDoubted: boolean;
  /** May one before the open one? */
  readonly wasDoubted: boolean;
  /** An attempt that was begun, and nobody told how it ended. */
  readonly open: Intent | null;
  readonly firstIntent: Intent | null;
  readonly lastOutcome: Outcome | null;
}

/** Looks a call of the action up by its ordinal. */
export function callKnowledge(state: RunState, ordinal: number): CallKnowledge {
  const isOwn = (entry: Intent | Outcome): boolean => entry.call.ordinal === ordinal && entry.call.branch === "";
  const outcomes = state.outcomes.filter(isOwn);
  const intents = state.intents.filter(isOwn);
  const orphans = intents.filter((intent) => !outcomes.some(({ attempt }) => attempt === intent.attempt));
  const lastOutcome = outcomes.at(-1) ?? null;
  if (lastOutcome && !lastOutcome.superseded) {
    const isInDoubt = isDoubtful(lastOutcome) || (lastOutcome.result !== "response" && (orphans.length > 0 || outcomes.some(isDoubtful)));
    return { kind: "settled", outcome: lastOutcome, isInDoubt };
  }
  const last = intents.at(-1);
  const open = last && last.attempt > (lastOutcome?.attempt ?? 0) ? last : null;
  const attempts = Math.max(open?.attempt ?? 0, lastOutcome?.attempt ?? 0);
  const reads = state.outcomes.filter(({ call }) => call.ordinal === ordinal && call.branch === readBackBranch).length;
  const counted = outcomes.filter((outcome) => !isFree(outcome)).length;
  const wasDoubted = outcomes.some(isDoubtful) || orphans.some((orphan) => orphan !== open);
  const isDoubted = open !== null || wasDoubted;
  const firstIntent = intents[0] ?? null;
  return { kind: "unsettled", progress: { attempts, counted, reads, isDoubted, wasDoubted, open, firstIntent, lastOutcome } };
}

/** Was it no try of the call itself: held back by a limit, or never on its way? */
function isFree({ result, status, error }: Outcome): boolean {
  if (result === "response") return status === 429;
  return result === "not_sent" && error !== null && (isElsewhere(error.code) || (error.code === "policy_denied" && !error.retryable));
}

/** Does nobody know by this outcome whether the call took effect? */
export function isDoubtful({ result, status, effect }: Outcome): boolean {
  if (effect === "read") return false;
  return result === "unknown" || (result === "response" && status !== null && mayHaveActed({ kind: "response", status }));
}
