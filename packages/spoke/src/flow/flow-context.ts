import type { RecordKindName, RecordSource, StepKind } from "@longarm/shared";
import type { Static, TSchema } from "typebox";
import type { EventWish, FlowEvent, FlowTime } from "./await-event.ts";
import type { Flow } from "./flow.ts";

/** What a step is asked to be. */
export interface StepRequest {
  /** Branches, outermost first, and the place in the innermost: `3.0/1`. The same on every replay. */
  readonly path: string;
  readonly step: StepKind;
  /** What is run; of a log line, the line; of records, the function of `FlowRecords`; of an event, its type. */
  readonly name: string;
  /** JSON. Of a sleep `{ms}` or `{until}`, of records what `FlowRecords` takes as one object, of an event an `EventInput`. */
  readonly input: unknown;
  /** Otherwise than the flow's own. */
  readonly connection?: string;
}

/** What a step came to, and when that was written down, Unix milliseconds: the same on every replay. */
export interface StepResult {
  readonly value: unknown;
  readonly atMs: number;
}

/** What carries a flow's steps out, or takes them from the log. */
export interface FlowDriver {
  /** Unix milliseconds of the submission. */
  readonly submittedAtMs: number;
  /** What chance comes from: the same on every replay. */
  readonly seed: string;
  /** The name of the flow's connection. */
  readonly connection: string;
  /** The controller's address as it is seen from outside; null: none is configured. */
  readonly publicUrl: string | null;
  /** Resolves when the step has ended. Throws what it failed with, as a `LongarmError`. */
  take(request: StepRequest): Promise<StepResult>;
  /** What a stream that was taken has kept, in order. */
  items(path: string): AsyncIterable<unknown>;
  /** Is the run to end whatever the flow does? Then nothing is compensated. */
  isEnding(): boolean;
}

/** Objects of a kind as somebody has read them. */
type Objects = Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];

/** The records of the flow's connection. Each of these is a step like any other: done once, whoever goes on with the flow. */
export interface FlowRecords {
  /**
   * Keeps objects as actions and streams give them, at most 1,000 at once. The newest state by the target's own clock stands, so that no
   * late page takes a newer one back. `seenAt`, Unix milliseconds: when they were read at the latest; default: the time of the last step.
   */
  upsert(
    kind: RecordKindName,
    objects: Objects,
    how?: { readonly seenAt?: number; readonly source?: RecordSource },
  ): Promise<{ readonly written: number; readonly unchanged: number }>;
  /** Marks a record whose object was not there at that time (default: that of the last step); false: there was nothing to mark. */
  markDeleted(kind: RecordKindName, id: string, how?: { readonly goneAt?: number }): Promise<boolean>;
  /**
   * Marks every record that nobody has seen since a whole listing began; resolves to how many. Throws `too_many_deletions` and marks none
   * when that are more than `most` (default: a fifth of the living, ten at least).
   */
  markMissing(kind: RecordKindName, of: { readonly seenSince: number; readonly most?: number }): Promise<number>;
  /** How far the records are complete, as `moveMark` has said; RFC 3339. */
  mark(kind: RecordKindName): Promise<{ readonly watermark: string | null; readonly sweptAt: string | null }>;
  /** Says how far they are complete. Only forwards: an earlier time than the known one changes nothing. */
  moveMark(kind: RecordKindName, to: { readonly watermark?: string; readonly sweptAt?: string }): Promise<void>;
}

/** What may be said of one step. */
export interface StepOptions {
  /** Otherwise than the flow's own connection. Whoever may run the flow acts on it with the flow's hands. */
  readonly connection?: string;
}

/**
 * What a flow is given. Each step is written down when it begins and when it ends, so that a flow that is carried on elsewhere, or after a
 * restart, gets the same results and begins nothing twice.
 */
export interface FlowContext {
  /** The name of the flow's connection. */
  readonly connection: string;
  /** The controller's address as it is seen from outside, without a slash at its end; null: none is configured. */
  readonly publicUrl: string | null;
  /** Runs an action as a run of its own; resolves to its output. Throws a `LongarmError` with the code that it failed with. */
  // oxlint-disable-next-line typescript/no-explicit-any -- what an action returns is checked by that action's own schema
  run(action: string, input: unknown, options?: StepOptions): Promise<any>;
  /** Runs a subflow; like `run`. By its name, or the flow itself. */
  call<I extends TSchema, O extends TSchema>(flow: Flow<I, O>, input: Static<I>, options?: StepOptions): Promise<Static<O>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- as of `run`
  call(flow: string, input: unknown, options?: StepOptions): Promise<any>;
  /** Runs a stream to its end, then yields what it kept, item by item. */
  // oxlint-disable-next-line typescript/no-explicit-any -- as of `run`
  stream(stream: string, input: unknown, options?: StepOptions): AsyncIterable<any>;
  /** The records of the flow's connection. */
  readonly records: FlowRecords;
  /** Waits: milliseconds, a duration (`90s`, `30d`), or until a time (a Date, or RFC 3339). Holds nothing meanwhile and survives restarts. */
  sleep(duration: FlowTime): Promise<void>;
  /**
   * Waits for an event of this type (`*` for anything) that is stored from now on: the first one that the wish holds for, or null when its
   * timeout has passed. Holds nothing meanwhile, survives restarts, and misses none that comes while nobody is there. What is asked for later
   * begins when the wait has begun: `const approved = ctx.waitForEvent(…)`, then ask, then `await approved`.
   */
  waitForEvent(type: string, wish?: EventWish): Promise<FlowEvent | null>;
  /**
   * `work` of each item, so many at once (default 10); resolves to the results in the order of the items. All are tried whatever becomes of
   * the others; then the first failure by that order is thrown. Within `work` the same context is used.
   */
  all<T, R>(items: Iterable<T>, work: (item: T, index: number) => Promise<R>, options?: { readonly atOnce?: number }): Promise<R[]>;
  /** The time of the last step's end, or of the submission: the same on every replay. Unix milliseconds. */
  now(): number;
  /** From 0 to below 1, the same on every replay. */
  random(): number;
  /** Writes a line into the run's log, once. At most 4,096 characters. */
  log(line: string): Promise<void>;
  /** To be done if the flow fails later on: the last one first. Not when it is cancelled or its deadline passes. */
  onFailure(compensation: () => Promise<unknown>): void;
}
