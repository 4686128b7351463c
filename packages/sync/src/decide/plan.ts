import type { Checkpoint, RunProgress } from "./checkpoint.ts";
import { defaultMostDeleted, type MostDeleted } from "./deletions.ts";
import { aroundUsers, childrenOf, type ChildSource, sources, type StepName, type StreamName } from "./streams.ts";

/** How a sync goes about it; every member has a default. */
export interface SyncOptions {
  /** How long before its watermark an incremental listing begins, since changes may show late; default 300,000. */
  readonly overlapMs?: number;
  /** An incremental sync makes a whole sweep when the last one is this old, since only that finds every deletion; default a week, null: never. */
  readonly fullEveryMs?: number | null;
  /** Listings under an object (a group's members) that may be under way at once; default 4. */
  readonly parallel?: number;
  /** How many rows of each table the sweeps of a run may mark as deleted, before it stops; default `20%`, and ten at least. */
  readonly maxDeleted?: MostDeleted;
  /** Where the first run begins in the log, Unix milliseconds; default seven days before it. */
  readonly logsSinceMs?: number;
}

/** What is copied, and how. */
export interface SyncPlan {
  readonly streams: readonly StreamName[];
  readonly mode: "full" | "incremental";
  readonly options?: SyncOptions;
}

/** One listing of a run. */
export interface Step {
  readonly name: StepName;
  readonly action: string;
  /** Whose rows it stores; null where it is walked through for its children alone. */
  readonly stores: StreamName | null;
  /** What changed before this moment (Unix milliseconds) was copied already; null: nothing was, or all is to be copied again. */
  readonly sinceMs: number | null;
  /** Is only what changed since then listed? Else the listing is whole. */
  readonly isNarrowed: boolean;
  /** Behind it, rows that it did not show are marked: it lists everything there is. */
  readonly sweeps: boolean;
  readonly children: readonly ChildSource[];
  /** Listed under those of its items alone that are new or changed status. */
  readonly around: readonly ChildSource[];
}

const dayMs = 86_400_000;
const defaults = { overlapMs: 300_000, fullEveryMs: 7 * dayMs, parallel: 4, maxDeleted: defaultMostDeleted } as const;

/**
 * The order of steps. The log comes first: what is listed behind it is at least as new as what it said, so that an event of the past never
 * has the last word on what a listing showed.
 */
const order: readonly { readonly name: StepName; readonly stream: StreamName }[] = [
  { name: "logs", stream: "logs" },
  { name: "userTypes", stream: "userTypes" },
  { name: "users", stream: "users" },
  { name: "groups", stream: "groups" },
  { name: "apps", stream: "apps" },
  { name: "eventHooks", stream: "eventHooks" },
];

/** The options with every default filled in. */
export function filledOptions(options: SyncOptions = {}): Required<Omit<SyncOptions, "logsSinceMs">> {
  return { ...defaults, ...options };
}

/** How the next run goes about it: an incremental sync begins with a whole sweep, and makes one again in time. */
export function modeOfRun({ mode, options }: SyncPlan, { lastFullMs }: Checkpoint, nowMs: number): "full" | "incremental" {
  if (mode === "full" || lastFullMs === null) return "full";
  const { fullEveryMs } = filledOptions(options);
  return fullEveryMs !== null && nowMs - lastFullMs >= fullEveryMs ? "full" : "incremental";
}

/** The steps of a run. The same for the same checkpoint, so that a run that is resumed finds its own. */
export function stepsOf(
  { streams, options }: SyncPlan,
  mode: RunProgress["mode"],
  { watermarks }: Pick<Checkpoint, "watermarks">,
): readonly Step[] {
  const wanted = new Set(streams);
  const { overlapMs } = filledOptions(options);
  return order.flatMap(({ name, stream }) => {
    const children = (childrenOf[name] ?? []).filter((child) => wanted.has(child.stream));
    if (!wanted.has(stream) && children.length === 0) return [];
    const stores = wanted.has(stream) ? stream : null;
    const filled = streamsOf({ stores, children }).map((each) => watermarks[each]);
    const oldestMs = Math.min(...filled.map((each) => each ?? Number.NEGATIVE_INFINITY));
    const sinceMs = mode === "full" || !Number.isFinite(oldestMs) ? null : oldestMs - overlapMs;
    // Okta cannot list the applications that changed, and the others are short lists.
    const isNarrowed = sinceMs !== null && (name === "users" || name === "groups");
    const sweeps = name !== "logs" && !isNarrowed;
    const around = name === "users" && isNarrowed ? aroundUsers.filter((child) => wanted.has(child.stream)) : [];
    return [{ name, action: sources[stream].action, stores, sinceMs, isNarrowed, sweeps, children, around }];
  });
}

/** The streams whose watermarks a step moves. */
export function streamsOf({ stores, children }: Pick<Step, "stores" | "children">): readonly StreamName[] {
  return [...(stores === null ? [] : [stores]), ...children.map(({ stream }) => stream)];
}

/** Where the log is read from when no cursor is known: a moment, Unix milliseconds. */
export function logSinceMs({ options }: SyncPlan, { run, watermarks }: Checkpoint): number {
  const { overlapMs } = filledOptions(options);
  if (watermarks.logs !== undefined) return watermarks.logs - overlapMs;
  return options?.logsSinceMs ?? (run?.startedMs ?? 0) - 7 * dayMs;
}

/** An object that something is listed under; moments are Unix milliseconds, null: not known. */
export interface Parent {
  readonly id: string;
  readonly changedMs: number | null;
  /** When it was made or last changed status, whichever is later. */
  readonly movedMs: number | null;
  /** Of an application: the groups that grant it, once they are listed. */
  readonly groups: ReadonlySet<string> | null;
}

/** Is this listed under the object? All in a sweep; the users of an application else only where the log, its own date or its groups say so. */
export function needsListing(
  step: Step,
  child: ChildSource,
  { parent, run }: { readonly parent: Parent; readonly run: RunProgress },
): boolean {
  if (step.around.includes(child)) return parent.movedMs === null || parent.movedMs >= (step.sinceMs ?? 0);
  if (child.stream !== "appUsers" || step.sinceMs === null) return true;
  const { changedApps, changedGroups } = run;
  if (changedApps === null || changedGroups === null || parent.groups === null || parent.changedMs === null) return true;
  return parent.changedMs >= step.sinceMs || changedApps.includes(parent.id) || changedGroups.some((group) => parent.groups?.has(group));
}
