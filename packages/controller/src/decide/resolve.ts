import type { EffectClass, RetryPolicy } from "@longarm/shared";
import { mayRepeat, repeatPauseMs } from "./retry.ts";

/*
 * What follows a changing call of which nobody knows whether it took effect, once its state was read:
 *
 *   applied ─────▶ reconciled   what was read stands in for the lost answer
 *   conflict ────▶ conflict     it is there, but not ours
 *   not applied ─▶ again        `create`: only by a read that began when the target could be at work on no attempt any more, and after the
 *               │               last of its first reads; then sent again, or given up with its last error
 *               ├▶ given up     `converge`, when no attempt is left: only after two more reads, and by one that began as late as that
 *               └▶ unknown      `once`: a person decides
 *   unclear ─────▶ again        `converge`: sent again, which its class allows, as long as the policy lets it
 *               └▶ unknown      any other: nobody may repeat it
 */

/** What a read has shown. */
export type Found = "applied" | "not_applied" | "conflict" | "unclear";

/** What to do next. `giveUp`: it did not take effect, and is not tried any more. */
export type AfterReading =
  | { readonly kind: "reconciled" }
  | { readonly kind: "conflict" }
  | { readonly kind: "readAgain"; readonly afterMs: number }
  | { readonly kind: "again"; readonly afterMs: number }
  | { readonly kind: "giveUp" }
  | { readonly kind: "unknown" };

interface Circumstances {
  readonly effect: EffectClass;
  /** Reads that were made since the outcome became unknown, this one included. */
  readonly reads: number;
  /** For how many milliseconds from the beginning of this read the target may have been at work on the call. */
  readonly atWorkMs: number;
  /** Attempts of the call itself that counted so far. */
  readonly attempts: number;
  /** Milliseconds since the first attempt of the call itself. */
  readonly elapsedMs: number;
  readonly policy: RetryPolicy;
  /** Evenly spread over 0 to 1. */
  readonly jitter: number;
}

// What a target has just answered may not be there to be read in the same moment, whatever it says of itself.
const pausesBeforeCreateIsAbsentMs = [1_000, 2_000] as const;

const longestLookPauseMs = 8_000;

/** How long to wait before the first read. */
export function firstReadPauseMs(effect: EffectClass): number {
  return effect === "create" ? pausesBeforeCreateIsAbsentMs[0] : 0;
}

/** Decides by what a read has shown. */
export function decideAfterReading(found: Found, at: Circumstances): AfterReading {
  if (found === "applied") return { kind: "reconciled" };
  if (found === "conflict") return { kind: "conflict" };
  const pauseMs = at.effect === "create" ? pauseBeforeAbsentMs(found, at) : undefined;
  if (pauseMs !== undefined) return { kind: "readAgain", afterMs: pauseMs };
  if (at.effect === "once" || (found === "unclear" && at.effect !== "converge")) return { kind: "unknown" };
  const afterMs = repeatPauseMs(at);
  if (at.policy.on.includes("unknown") && mayRepeat(at, afterMs)) return { kind: "again", afterMs };
  if (found === "unclear") return { kind: "unknown" };
  // No other attempt would show what the last one has done late: it is looked for as long as a create is before it counts as absent.
  const lastLookMs = at.effect === "converge" ? pauseBeforeAbsentMs(found, { ...at, reads: at.reads - 1 }) : undefined;
  return lastLookMs === undefined ? { kind: "giveUp" } : { kind: "readAgain", afterMs: lastLookMs };
}

/** The pause before one more read of what is not there; undefined: it may be taken for absent, or no read tells. */
function pauseBeforeAbsentMs(found: Found, { reads, atWorkMs }: Pick<Circumstances, "reads" | "atWorkMs">): number | undefined {
  const firstMs = pausesBeforeCreateIsAbsentMs[reads];
  return firstMs ?? (found === "not_applied" ? nextLookPauseMs(reads + 1, 0, atWorkMs) : undefined);
}

/** The pause before the state is read once more, since what is read may lag or come late; undefined: it has been waited for long enough. */
export function nextLookPauseMs(looks: number, spentMs: number, lagMs: number): number | undefined {
  const left = lagMs - spentMs;
  return left <= 0 ? undefined : Math.min(left, longestLookPauseMs, pausesBeforeCreateIsAbsentMs[0] * 2 ** (looks - 1));
}
