import type { Attempt, CallId, LogEntry } from "@longarm/shared";
import { isDoubtful } from "./call-progress.ts";
import type { RunState } from "./fold-run.ts";

/** One changing call that may have taken effect. */
interface Doubt {
  /** Its last attempt. */
  readonly last: Attempt;
  /** Attempts that were begun, and of which nobody told how they ended. */
  readonly open: readonly number[];
  /** Has an attempt ended without anybody knowing how? */
  readonly isDoubted: boolean;
}

/** The changing calls of a run of which nobody knows (yet) whether they took effect. */
export type Doubts = ReadonlyMap<CallId, Doubt>;

/** What a run's log leaves in doubt. */
export function doubtsOf({ intents, outcomes }: Pick<RunState, "intents" | "outcomes">): Doubts {
  return [...intents, ...outcomes].reduce(foldDoubt, new Map());
}

/** Takes one entry in. An answer of the target's ends the doubt of its call; that it was not sent ends only that of its attempt. */
export function foldDoubt(doubts: Doubts, entry: LogEntry): Doubts {
  if ((entry.kind !== "intent" && entry.kind !== "outcome") || entry.effect === "read" || entry.call.branch !== "") return doubts;
  const { call, attempt } = entry;
  const before = doubts.get(call.callId) ?? { last: entry, open: [], isDoubted: false };
  if (entry.kind === "intent") return put(doubts, call.callId, { ...before, last: entry, open: [...before.open, attempt] });
  const open = before.open.filter((other) => other !== attempt);
  if (isDoubtful(entry)) return put(doubts, call.callId, { last: entry, open, isDoubted: true });
  const isAnswered = entry.result === "response" && !entry.superseded;
  return isAnswered ? settleDoubt(doubts, call.callId) : put(doubts, call.callId, { ...before, last: entry, open });
}

/** What is left when it is known what became of this call. */
export function settleDoubt(doubts: Doubts, call: CallId): Doubts {
  const left = new Map(doubts);
  left.delete(call);
  return left;
}

/** The last attempt of a call that is in doubt; undefined: none is. */
export function firstInDoubt(doubts: Doubts): Attempt | undefined {
  return [...doubts.values()].find(({ open, isDoubted }) => isDoubted || open.length > 0)?.last;
}

function put(doubts: Doubts, call: CallId, doubt: Doubt): Doubts {
  return new Map(doubts).set(call, doubt);
}
