import type { CallId, LogEntry, Outcome } from "@longarm/shared";
import { isDoubtful } from "./call-progress.ts";

/** The record that holds the intent of the first attempt of a call that may have taken effect; undefined: none may have. */
export function firstDoubted<R extends { readonly entries: readonly LogEntry[] }>(records: readonly R[], callId: CallId): R | undefined {
  const outcomes = records.flatMap(({ entries }) =>
    entries.filter((entry): entry is Outcome => entry.kind === "outcome" && entry.call.callId === callId),
  );
  const mayHaveActed = (attempt: number): boolean => {
    const told = outcomes.filter((outcome) => outcome.attempt === attempt);
    return told.length === 0 || told.some(isDoubtful);
  };
  return records.find(({ entries }) =>
    entries.some((entry) => entry.kind === "intent" && entry.call.callId === callId && mayHaveActed(entry.attempt)),
  );
}
