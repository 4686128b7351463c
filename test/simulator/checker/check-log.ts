import { isCommand, isFinished, isLegalTransition, type LogEntry, type RunStatus } from "@longarm/shared";
import type { WrittenRecord } from "../world/broker.ts";

/** The status that an entry brings a run to; undefined: none. */
function statusAfter(entry: LogEntry): RunStatus | undefined {
  switch (entry.kind) {
    case "claimed":
    case "intent":
    case "outcome":
    case "resumed":
      return "running";
    case "parked":
      return "waiting";
    case "completed":
    case "resolved":
      return entry.status;
    case "cancelRequested":
    case "secretsRead":
    case "approved":
    case "denied":
    case "stepBegun":
    case "stepEnded":
      return undefined;
  }
}

/** What is wrong with a run's log by its own rules: who may write, in which order, and that the end is the end. */
export function checkLog(records: readonly WrittenRecord[]): readonly string[] {
  const faults: string[] = [];
  let status: RunStatus = "queued";
  let epoch = 0;
  let owner: string | undefined;
  for (const record of records) {
    const isClaim = record.entries[0]?.kind === "claimed";
    if (isClaim && record.position.epoch !== epoch + 1) faults.push(`claimed under epoch ${record.position.epoch} after ${epoch}`);
    if (isClaim) [epoch, owner] = [record.position.epoch, record.by];
    // Whoever finds that a run has queued for too long may end it.
    const isForAnybody = record.entries.every(isCommand) || (owner === undefined && record.entries.every(isCommandOrEnd));
    if (!isForAnybody && owner !== record.by) faults.push(`${record.by} appended ${kindsOf(record)} to a run that ${owner} owned`);
    for (const entry of record.entries) {
      const next = statusAfter(entry);
      if (next === undefined) continue;
      const isRepeated = next === status && !isFinished(next);
      if (!isRepeated && !isLegalTransition(status, next)) faults.push(`${entry.kind} led from ${status} to ${next}`);
      status = next;
    }
  }
  return faults;
}

function kindsOf({ entries }: WrittenRecord): string {
  return entries.map(({ kind }) => kind).join(", ");
}

function isCommandOrEnd(entry: LogEntry): boolean {
  return isCommand(entry) || entry.kind === "completed";
}
