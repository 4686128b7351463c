import type { ApprovalRule, EffectClass, Parked, Verdict } from "@longarm/shared";
import { matchesGlob } from "./access.ts";

/** What a run is, as far as rules for approval ask. */
export interface Judged {
  readonly name: string;
  readonly effect: EffectClass;
  readonly destructive: boolean;
  readonly dryRun: boolean;
}

function isMeant(pattern: string, { name, effect, destructive }: Judged): boolean {
  if (pattern === "destructive") return destructive;
  return pattern === "changing" ? effect !== "read" : matchesGlob(pattern, name);
}

/** Must somebody else approve the run before it begins? One that only tells what it would do is what an approver looks at. */
export function needsApproval(rule: ApprovalRule | undefined, run: Judged): boolean {
  return !run.dryRun && (rule?.actions.some((pattern) => isMeant(pattern, run)) ?? false);
}

/** Whether somebody may judge a run now. `ownRun`: two people are asked for, and this would be one; `hand`: as whom they had theirs in it. */
export type Competence =
  | { readonly kind: "competent" }
  | { readonly kind: "ownRun"; readonly hand: string }
  | { readonly kind: "notWaiting" }
  | { readonly kind: "judged"; readonly verdict: Verdict };

/** May they judge the run? Not its submitter or whoever else had a hand in it, nor a key that one of these made, by whatever number of keys between. */
export function judgeCompetence(
  run: {
    readonly submitter: string;
    /** Who else had a hand in it: an event that they brought, or a trigger of theirs, started it. */
    readonly behind?: readonly string[];
    readonly parked: Pick<Parked, "reason"> | null;
    readonly verdict: Verdict | null;
    readonly hasEnded: boolean;
  },
  judge: { readonly name: string; readonly madeBy?: readonly string[] },
): Competence {
  const { submitter, behind = [], parked, verdict, hasEnded } = run;
  if (verdict) return { kind: "judged", verdict };
  if (hasEnded || parked?.reason !== "approval") return { kind: "notWaiting" };
  const selves = new Set([judge.name, ...(judge.madeBy ?? [])]);
  const hand = [submitter, ...behind].find((name) => selves.has(name));
  return hand === undefined ? { kind: "competent" } : { kind: "ownRun", hand };
}
