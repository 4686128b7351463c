import type { RunChange } from "../ports/run-history.ts";

/**
 * The changes of a row that come one after the other as one change, which leaves the row the same: most runs begin and end within
 * one batch, and a row that is written once costs a third of one that is written with each record. Only the order of changes of
 * one run means something.
 */
export function mergeChanges(changes: readonly RunChange[]): readonly RunChange[] {
  const merged: RunChange[] = [];
  const places = new Map<RunChange["id"], number>();
  for (const change of changes) {
    const place = places.get(change.id);
    const before = place === undefined ? undefined : merged[place];
    const joined = before && join(before, change);
    if (joined && place !== undefined) merged[place] = joined;
    else places.set(change.id, merged.push(change) - 1);
  }
  return merged;
}

/** Undefined where they are not one change: a row's beginning and end stand for themselves, and a change names one agent. */
function join(before: RunChange, change: RunChange): RunChange | undefined {
  if (before.removed || change.removed || change.submittedAt !== undefined) return undefined;
  if (before.agent !== undefined && change.agent !== undefined && before.agent !== change.agent) return undefined;
  // Whether a start holds hangs on the start and the calls that the row has by then.
  if (change.startedAt !== undefined && (before.startedAt !== undefined || before.calls !== undefined)) return undefined;
  const calls = (before.calls ?? 0) + (change.calls ?? 0);
  const [{ waitingFor: heldFor, ...held }, { waitingFor, ...told }] = [before, change];
  // What it waits for is told with a status, and holds until the next one.
  const waits = change.status === undefined ? before.status !== undefined && heldFor : waitingFor;
  return { ...held, ...told, ...(waits && { waitingFor: waits }), ...(calls > 0 && { calls }) };
}
