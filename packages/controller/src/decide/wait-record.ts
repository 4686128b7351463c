import type { Intent, LogEntry, Parked } from "@longarm/shared";

interface Entries {
  readonly entries: readonly LogEntry[];
}

/** The record by which the wait began that the log ends in, whoever wrote it down again since; undefined: the run has not waited. */
export function waitRecord<R extends Entries>(records: readonly R[]): R | undefined {
  const last = records.flatMap(({ entries }) => entries.filter((entry): entry is Parked => entry.kind === "parked")).at(-1);
  if (!last) return undefined;
  const isSame = (entry: LogEntry): boolean =>
    entry.kind === "parked" && entry.ordinal === last.ordinal && entry.stage === last.stage && entry.sinceMs === last.sinceMs;
  return records.find(({ entries }) => entries.some(isSame));
}

/** The record of this very intent; undefined: it is not in the log. */
export function intentRecord<R extends Entries>(records: readonly R[], { call, attempt }: Intent): R | undefined {
  return records.find(({ entries }) =>
    entries.some((entry) => entry.kind === "intent" && entry.call.callId === call.callId && entry.attempt === attempt),
  );
}
