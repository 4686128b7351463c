import { needsIntent, type CallId, type Completed, type LogEntry, type Outcome, type Submission } from "@longarm/shared";
import { natureOf } from "../actors/sim-spoke.ts";
import type { WrittenRecord } from "../world/broker.ts";
import type { Effect, Ledger, Sent } from "../world/ledger.ts";

/** One run as its log tells it. */
export interface LoggedRun {
  readonly submission: Submission;
  readonly records: readonly WrittenRecord[];
}

/** What is wrong with a run when its log is held against what the target has really done. */
export function checkEffects({ submission, records }: LoggedRun, ledger: Ledger): readonly string[] {
  const entries = records.flatMap(({ entries: own }) => own);
  const completed = entries.find((entry) => entry.kind === "completed");
  const effects = ledger.effects.filter(({ runId }) => runId === submission.runId);
  const sent = ledger.sent.filter(({ runId }) => runId === submission.runId);
  const changing = sent.filter(({ effect }) => needsIntent(effect));
  const faults = [
    ...checkIntents(changing, records),
    ...checkOrder(sent, records),
    ...checkOwner(changing, records),
    ...checkCounts({ submission, changing, effects }, ledger),
  ];
  if (completed) faults.push(...checkReport(completed, { submission, entries, effects }));
  return faults;
}

/** Each changing call stood in the log before it left. */
function checkIntents(sent: readonly Sent[], records: readonly WrittenRecord[]): string[] {
  return sent.flatMap(({ atMs, callId, attempt, by }) => {
    const isIntent = (entry: LogEntry): boolean => entry.kind === "intent" && entry.call.callId === callId && entry.attempt === attempt;
    const written = records.find(({ entries }) => entries.some(isIntent));
    return written && written.writtenMs <= atMs ? [] : [`${by} sent ${callId}/${attempt} before its intent was stored`];
  });
}

/** Whoever sends a changing call itself owns the run at that moment. An agent does not; `notAfter` keeps it in time. */
function checkOwner(sent: readonly Sent[], records: readonly WrittenRecord[]): string[] {
  const claims = records.filter(({ entries }) => entries[0]?.kind === "claimed");
  return sent.flatMap(({ by, atMs, callId, attempt }) => {
    const owner = claims.findLast(({ writtenMs }) => writtenMs <= atMs)?.by;
    const isOwn = !by.startsWith("controller") || owner === by;
    return isOwn ? [] : [`${by} sent ${callId}/${attempt} of a run that ${owner} owned`];
  });
}

/** What a call came to stood in the log before the run's next call left. */
function checkOrder(sent: readonly Sent[], records: readonly WrittenRecord[]): string[] {
  const ordinals = new Map<CallId, number>();
  const settledMs = new Map<number, number>();
  for (const { entries, writtenMs } of records) {
    for (const entry of entries) {
      if ((entry.kind !== "outcome" && entry.kind !== "intent") || entry.call.branch !== "") continue;
      ordinals.set(entry.call.callId, entry.call.ordinal);
      if (entry.kind === "outcome" && !entry.superseded && !settledMs.has(entry.call.ordinal)) settledMs.set(entry.call.ordinal, writtenMs);
    }
  }
  return sent.flatMap(({ callId, atMs, by }) => {
    const before = (ordinals.get(callId) ?? 0) - 1;
    const isInOrder = before < 0 || (settledMs.get(before) ?? Number.POSITIVE_INFINITY) <= atMs;
    return isInOrder ? [] : [`${by} sent ${callId} before the outcome of call ${before} was stored`];
  });
}

interface Done {
  readonly submission: Submission;
  readonly changing: readonly Sent[];
  readonly effects: readonly Effect[];
}

/** `create` and `once`: applied at most once. `once`: not even sent again, unless it was turned away. */
function checkCounts({ submission, changing, effects }: Done, { turnedAway }: Ledger): string[] {
  const effect = natureOf[submission.action]?.effect;
  const faults: string[] = [];
  for (const [callId, all] of Map.groupBy(effects, ({ callId: id }) => id)) {
    if (all.length > 1 && effect !== "converge") faults.push(`${effect} was applied ${all.length} times: ${callId}`);
  }
  for (const [callId, all] of Map.groupBy(changing, ({ callId: id }) => id)) {
    const heard = all.filter(({ attempt }) => !turnedAway.has(`${callId}/${attempt}`));
    if (heard.length > 1 && effect === "once") faults.push(`once was sent ${heard.length} times: ${callId}`);
  }
  return faults;
}

interface Told {
  readonly submission: Submission;
  readonly entries: readonly LogEntry[];
  readonly effects: readonly Effect[];
}

/** The run's last word is true. */
function checkReport({ status }: Completed, { submission, entries, effects }: Told): string[] {
  const applied = new Set(effects.map(({ callId }) => callId));
  const { changes = 0 } = natureOf[submission.action] ?? {};
  if (status === "succeeded") return applied.size === changes ? [] : [`succeeded, but ${applied.size} of ${changes} calls were applied`];
  if (status === "outcome_unknown") return [];
  return [...applied].flatMap((callId) => (isTold(entries, callId) ? [] : [`${status}, but ${callId} was applied and no outcome says so`]));
}

/** Does an outcome say that the call succeeded? */
function isTold(entries: readonly LogEntry[], callId: CallId): boolean {
  const isSuccess = ({ call, status }: Outcome): boolean => call.callId === callId && status !== null && status < 300;
  return entries.some((entry) => entry.kind === "outcome" && isSuccess(entry));
}
