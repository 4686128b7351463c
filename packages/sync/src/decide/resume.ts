import { type Checkpoint, type RunProgress, runOf, withoutApps } from "./checkpoint.ts";
import { filledOptions, type SyncPlan } from "./plan.ts";

/**
 * Can a run of this plan go on with one that was cut off? Not where that one copies other streams: what is listed below the objects of a page
 * that it has left behind would be taken for copied. Nor where all is to be listed, and that one lists what has changed.
 */
export function canGoOn({ streams, overlapMs, mode }: RunProgress, plan: SyncPlan): boolean {
  // A checkpoint of a version before this one does not say.
  const same = [...(streams ?? [])].toSorted().join() === [...plan.streams].toSorted().join();
  return same && overlapMs === filledOptions(plan.options).overlapMs && !(plan.mode === "full" && mode !== "full");
}

/** The run under way is given up: what its steps completed stands, and the next one begins at its first step. */
export function runAbandoned(checkpoint: Checkpoint): Checkpoint {
  const { finished } = runOf(checkpoint);
  // What the log and the groups told of access went to this run alone.
  const hasToldOfAccess = finished.includes("logs") || finished.includes("groups");
  const kept = hasToldOfAccess && !finished.includes("apps") ? withoutApps(checkpoint) : checkpoint;
  return { ...kept, run: null };
}
