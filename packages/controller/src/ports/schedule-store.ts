import type { Lane, RunWishes, SchedulePolicy, ScheduleState, Timing } from "@longarm/shared";
import type { RunRequest } from "./run-service.ts";
import type { DefinitionStore, VersionedStore } from "./connection-store.ts";

/** What a schedule runs: an action, a stream or a sync, as a submission names it. */
export interface ScheduleTarget {
  readonly action: string;
  readonly connection?: string;
  readonly input: unknown;
  readonly lane: Lane;
  /** A duration from each start, in the words of who wrote it. */
  readonly deadline?: string;
  /** `local` or CEL. */
  readonly on?: string;
  readonly terms?: RunWishes;
}

/** A recurring run. */
export interface Schedule {
  readonly name: string;
  readonly description?: string;
  readonly target: ScheduleTarget;
  readonly timing: Timing;
  readonly policy: SchedulePolicy;
  /** Unix milliseconds of the last change of its timing: no slot before that is one of its own. */
  readonly sinceMs: number;
  /** What its runs use, as of its definition: who may not use it does not see the schedule. */
  readonly connection: string;
  /** Which connections its flow's steps may use, as patterns: what who defined it may. Absent: that one alone. */
  readonly connections?: readonly string[];
  /** Who defined it last; they answer for its runs. */
  readonly principal: string;
}

/** Each schedule with its former versions. */
export type ScheduleStore = VersionedStore<Schedule>;
/** By the schedule's name; the sequence of a put makes one controller decide of each slot. */
export type ScheduleStates = DefinitionStore<ScheduleState>;

/**
 * Checks a submission whole without making a run, and tells the connection that it means. Throws whatever the submission would, and
 * `invalid_request` for an input that holds secrets: what is kept to be submitted again is shown to whoever may read it.
 */
export type CheckRun = (request: RunRequest) => Promise<{ readonly connection: string }>;

/** What tells whose runs a schedule's may not be any more. */
export type HasLeft = (principal: string) => Promise<boolean>;

/** All that schedules take. */
export interface Schedules {
  readonly definitions: ScheduleStore;
  readonly states: ScheduleStates;
}
