import { type EffectClass, LongarmError } from "@longarm/shared";
import { readBaseUrl, toHttpUrl } from "@longarm/shared/rest";
import { judge, mismatchesOf, type Mismatch } from "../decide/policy/judge.ts";
import type { SitePolicy } from "../decide/policy/policy.ts";

/** A request to hold against a policy, as an administrator writes it. */
export interface Trial {
  readonly method: string;
  /** Absolute; what stands behind `?` is of no interest to a policy. */
  readonly url: string;
  readonly effect: EffectClass;
  readonly bodyBytes: number;
  /** Unix milliseconds. */
  readonly nowMs: number;
}

/** What the policy says to it. */
export interface TrialAnswer {
  readonly allowed: boolean;
  /** Which rule allows it, or what keeps it from being allowed. */
  readonly sentence: string;
  readonly rule?: string;
  /** What the request would be held to. */
  readonly limits?: {
    readonly maxResponseBytes: number;
    readonly maxMs: number;
    readonly addresses: readonly string[];
    readonly rate?: { readonly requests: number; readonly perMs: number };
  };
  /** For each rule before the one that allows it: the first aspect that does not fit. */
  readonly mismatches: readonly Mismatch[];
}

/** Judges a request as the agent would, but for its addresses and rates: nothing is looked up, and nothing is sent. Never throws. */
export function tryPolicy(policy: SitePolicy, trial: Trial): TrialAnswer {
  const { url, ...rest } = trial;
  const target = targetOf(url);
  if (typeof target === "string") return { allowed: false, sentence: target, mismatches: [] };
  const verdict = judge(policy, { ...rest, ...target });
  if (verdict.kind === "denied") return { allowed: false, sentence: verdict.sentence, mismatches: verdict.mismatches };
  const { name, maxResponseBytes, maxMs, addresses, rate } = verdict.rule;
  const before = policy.rules.slice(0, policy.rules.indexOf(verdict.rule));
  const mismatches = mismatchesOf(before, { ...rest, ...target });
  return {
    allowed: true,
    sentence: `Rule "${name}" allows it.`,
    rule: name,
    limits: { maxResponseBytes, maxMs, addresses, ...(rate && { rate }) },
    mismatches,
  };
}

/** Taken apart as it is written, since to parse it whole would resolve dots and turn backslashes round. */
function targetOf(url: string): { readonly origin: string; readonly path: string } | string {
  const match = /^(https?:\/\/[^/?#\\]+)([^?#]*)/i.exec(url);
  if (!match) return `"${url}" is no URL of the form https://host/path.`;
  try {
    const base = readBaseUrl(match[1] as string);
    return { origin: base.origin, path: toHttpUrl(base, match[2] === "" ? "/" : (match[2] as string), []).path };
  } catch (reason) {
    return LongarmError.from(reason).message;
  }
}
