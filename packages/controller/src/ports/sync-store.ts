import { formatDuration } from "@longarm/shared";
import { sharePattern, type SyncDefinition, type SyncEngine } from "@longarm/spoke";
import { Type } from "typebox";
import type { DefinitionStore } from "./connection-store.ts";

/** Who carries a sync, and how far it has come. What was committed stands in the sink; this is for people and for the fence. */
export interface SyncMark {
  readonly sync: string;
  readonly runId: string;
  /** The epoch of the run's owner who wrote this; absent in a mark of an older version, as is `beyond`. */
  readonly runEpoch?: number;
  readonly pages: number;
  readonly items: number;
  /** What the epochs of this sync count from: those of whoever wrote to its sink before this store was there. */
  readonly beyond?: number;
  /** How many items the last whole sweep had in the end; absent: there was none. */
  readonly sweptItems?: number;
}

export type SyncStore = DefinitionStore<SyncDefinition>;
/** By the sync's name. The sequence of a put is higher than any before it, and so, counted from `beyond`, fences the sink. */
export type SyncMarks = DefinitionStore<SyncMark>;

/** All that syncs take. */
export interface Syncs {
  readonly definitions: SyncStore;
  readonly marks: SyncMarks;
  readonly engine: SyncEngine;
}

/** The durations of a sync as people write them, and all the rest of it as it is. */
export function asWritten<T extends Pick<SyncDefinition, "overlapMs" | "fullEveryMs">>({ overlapMs, fullEveryMs, ...rest }: T) {
  return { ...rest, overlap: formatDuration(overlapMs), fullEvery: fullEveryMs === null ? "never" : formatDuration(fullEveryMs) };
}

/** How much a run may mark as deleted, as people write it. */
export const maxDeletedForm = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: sharePattern })], {
  description:
    "How many rows of each table the sweeps of one run may mark as deleted before it stops: a number, or a share of its rows such as `20%`, which " +
    "allows ten at least.",
});

/** The beginning of the action's name of each run of a sync. */
const prefix = "sync.";

/** The action that runs of a sync bear. */
export function syncAction(name: string): string {
  return `${prefix}${name}`;
}

/** The sync that an action names; undefined: it names none. */
export function syncOf(action: string): string | undefined {
  return action.startsWith(prefix) ? action.slice(prefix.length) : undefined;
}
