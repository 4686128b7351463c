import type { CallEnd, ToldAnswer } from "@longarm/shared/wire";

/*
 * What an agent says of a call whose answer was lost, and what that is worth:
 *
 *   ended ─────────────▶ ended      as if the answer had arrived; without its body only the status is known
 *   under way ─────────▶ wait       for the end, which is told when it comes
 *   begun ─────────────▶ unknown    its process died with the call; by another journal ─▶ wait
 *   never seen ────────▶ notSent    it will never be begun; by another journal ─▶ wait
 *   unreadable ────────▶ wait
 *
 * What is waited for beyond an agent's word is the time by which the call is over wherever it is. Another journal than the one that
 * the intent names is that of a disk that was wiped, restored or copied: the call may be under way where it is not to be seen from there.
 */

/** What an agent has said: the answer, and the journal that it stands in. */
export interface AgentWord {
  readonly journalId: string;
  readonly answer: ToldAnswer;
}

/** `unknown`: more will not be known. A status that the target answered with is one thing that may be. */
export type AfterWord =
  | { readonly kind: "ended"; readonly end: CallEnd }
  | { readonly kind: "notSent" }
  | { readonly kind: "unknown"; readonly because: "died" | "bodyNotKept"; readonly status: number | null }
  | { readonly kind: "wait" };

/** What follows from an agent's word. `expected`: the journal that the intent names, if it names one. */
export function decideByWord({ journalId, answer }: AgentWord, expected: string | undefined): AfterWord {
  switch (answer.kind) {
    case "ended":
      return isWhole(answer.end) ? { kind: "ended", end: answer.end } : bodyNotKept(answer.end);
    case "begun":
      return journalId === expected ? { kind: "unknown", because: "died", status: null } : { kind: "wait" };
    case "neverSeen":
      return journalId === expected ? { kind: "notSent" } : { kind: "wait" };
    case "underWay":
    case "unreadable":
      return { kind: "wait" };
  }
}

function isWhole(end: CallEnd): boolean {
  return end.kind === "failure" || end.body.kind === "whole";
}

function bodyNotKept(end: CallEnd): AfterWord {
  return { kind: "unknown", because: "bodyNotKept", status: end.record.status };
}
