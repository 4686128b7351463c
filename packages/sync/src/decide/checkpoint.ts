import { LongarmError, type ErrorBody } from "@longarm/shared";
import { sources, type StepName, type StreamName, streamNames } from "./streams.ts";
import type { TableName } from "./table.ts";

/*
 * How far a sync got. It is stored with every batch, so that whoever opens the sink next goes on where the last one stood:
 *
 *   between runs   run: null
 *   a run begins   run: {mode, startedMs, …}, generation + 1
 *   a step begins  run.step: {name, cursor: null, watermarkMs}
 *   a page         run.step.cursor: where that page begins, until all that is listed under its items is complete
 *   a fan-out      run.step.open[key]: the cursor behind its last page; run.step.done: complete
 *   a step ends    run.finished + name; its watermarks move
 *   a run ends     run: null, last: {id, report}
 *
 * A run that is cut off is gone on with by whichever run comes next, if that one is to copy the same; else it is given up (`resume.ts`).
 */

/** What a run did to one table. */
export interface TableCounts {
  readonly written: number;
  /** Rows marked as deleted, as far as the sink counts them. */
  readonly marked: number;
  readonly faults: number;
}

/** So many rows of a table. */
export type RowCounts = Readonly<Partial<Record<TableName, number>>>;

/** A step under way. */
export interface StepProgress {
  readonly name: StepName;
  /** What the step's watermarks become when it ends: Unix milliseconds by the org's clock when it began. Null: not known yet. */
  readonly watermarkMs: number | null;
  /** Of the page under way; null: the first. */
  readonly cursor: string | null;
  /** Fan-outs of the page under way that are complete. */
  readonly done: readonly string[];
  /** Those that are begun, each with the cursor behind its last page. */
  readonly open: Readonly<Record<string, string>>;
  /** Rows of the step's own table that were listed: behind the page under way, and on it. Absent in a checkpoint of a version before this one. */
  readonly rows?: { readonly behind: number; readonly page: number };
}

const noRows = { behind: 0, page: 0 } as const;

/** A step that had to be left out of a run. */
export interface SkippedStep {
  readonly step: StepName;
  readonly error: ErrorBody;
}

/** A run under way. */
export interface RunProgress {
  readonly mode: "full" | "incremental";
  /** What it set out to copy: a run that is to copy something else cannot go on with it. */
  readonly streams: readonly StreamName[];
  readonly overlapMs: number;
  /** Unix milliseconds by our clock. */
  readonly startedMs: number;
  readonly finished: readonly StepName[];
  readonly skipped: readonly SkippedStep[];
  readonly step: StepProgress | null;
  /** Applications whose access changed, as far as the log says; null: it does not, so any may have. */
  readonly changedApps: readonly string[] | null;
  /** Objects that the log said are gone. A listing from an index that lags may show them still. */
  readonly gone: readonly string[];
  /** Groups that changed, as far as they were listed for that; null: they were not, or all were. */
  readonly changedGroups: readonly string[] | null;
  /** Tables of which an item without a key was listed: what a listing did not show may be that very row, so none is marked. */
  readonly blind: readonly TableName[];
  readonly counts: Readonly<Partial<Record<TableName, TableCounts>>>;
  /** How many rows were live when it began; absent where the sink cannot count them. */
  readonly live: RowCounts;
  /** How many its sweeps have marked since, as far as the sink counts them. */
  readonly swept: RowCounts;
  /** Fields that no column holds and that items of earlier runs did not have. */
  readonly newFields: Readonly<Partial<Record<TableName, readonly string[]>>>;
}

/** How far a sync got. JSON. */
export interface Checkpoint {
  readonly version: 1;
  /** Counts the runs. */
  readonly generation: number;
  /** The address of the org that was copied; null: none was yet, or nobody noted it. */
  readonly source: string | null;
  /** Since when a stream's changes are still to be read: Unix milliseconds by the org's clock. */
  readonly watermarks: Readonly<Partial<Record<StreamName, number>>>;
  /** Behind the last event of the log that was read. */
  readonly logCursor: string | null;
  readonly lastFullMs: number | null;
  /** How many rows the last whole listing had, by table. */
  readonly listed: RowCounts;
  /** Fields that items had beside the columns, by table. */
  readonly fields: Readonly<Partial<Record<TableName, readonly string[]>>>;
  readonly run: RunProgress | null;
  /** The last run that was complete, with what it told: whoever died before that was written down tells the same. */
  readonly last: { readonly id: string; readonly report: unknown } | null;
}

/** Before the first run. */
export const emptyCheckpoint: Checkpoint = {
  ...{
    version: 1,
    generation: 0,
    source: null,
    watermarks: {},
    logCursor: null,
    lastFullMs: null,
    listed: {},
    fields: {},
    run: null,
    last: null,
  },
};

/** Reads what a sink kept. A checkpoint of another version throws `invalid_state`. */
export function readCheckpoint(text: string | null): Checkpoint {
  if (text === null) return emptyCheckpoint;
  const checkpoint = JSON.parse(text) as Checkpoint;
  if (checkpoint.version === 1) return { ...emptyCheckpoint, ...checkpoint };
  throw new LongarmError(
    "invalid_state",
    "The sync's checkpoint was written by another version of Longarm; upgrade this one, or begin anew.",
  );
}

/** A run begins; `readsLog` tells whether the log is a step of it, `narrowsGroups` whether it lists the groups that changed. */
export function runBegun(
  checkpoint: Checkpoint,
  {
    readsLog,
    narrowsGroups,
    ...begun
  }: Pick<RunProgress, "mode" | "startedMs" | "streams" | "overlapMs" | "live"> & Readonly<Record<"readsLog" | "narrowsGroups", boolean>>,
): Checkpoint {
  // Without a log that was read up to the last run, nothing tells whose access changed since.
  const changedApps = readsLog && checkpoint.logCursor !== null ? [] : null;
  const changedGroups = narrowsGroups ? [] : null;
  const nothing = { finished: [], skipped: [], step: null, gone: [], blind: [], counts: {}, swept: {}, newFields: {} };
  const run: RunProgress = { ...begun, ...nothing, changedApps, changedGroups };
  return { ...checkpoint, generation: checkpoint.generation + 1, run };
}

/** The run under way; none is a fault of the caller. */
export function runOf({ run }: Checkpoint): RunProgress {
  if (run) return run;
  throw new LongarmError("internal", "No run of the sync is under way.");
}

/** The checkpoint with that change to the run under way. */
export function withRun(checkpoint: Checkpoint, change: Partial<RunProgress>): Checkpoint {
  return { ...checkpoint, run: { ...runOf(checkpoint), ...change } };
}

function withStep(checkpoint: Checkpoint, change: Partial<StepProgress>): Checkpoint {
  const { step } = runOf(checkpoint);
  if (!step) throw new LongarmError("internal", "No step of the sync is under way.");
  return withRun(checkpoint, { step: { ...step, ...change } });
}

/** A step begins, at its first page or, of the log, behind what was read before. */
export function stepBegun(checkpoint: Checkpoint, name: StepName): Checkpoint {
  const cursor = name === "logs" ? checkpoint.logCursor : null;
  return withRun(checkpoint, { step: { name, watermarkMs: null, cursor, done: [], open: {}, rows: noRows } });
}

/** The target does not know the step's cursor any more: the step begins again. What the log tells of access is not whole then. */
export function stepRestarted(checkpoint: Checkpoint): Checkpoint {
  const restarted = withStep(checkpoint, { cursor: null, done: [], open: {}, rows: noRows });
  return runOf(checkpoint).step?.name === "logs" ? withRun({ ...restarted, logCursor: null }, { changedApps: null }) : restarted;
}

/** A page of so many rows is under way, and the step's watermark is known if it was not. */
export function pageBegun(
  checkpoint: Checkpoint,
  { cursor, atMs, rows = 0 }: { readonly cursor: string | null; readonly atMs: number; readonly rows?: number },
): Checkpoint {
  const { step } = runOf(checkpoint);
  const { behind, page } = step?.rows ?? noRows;
  const watermarkMs = step?.watermarkMs ?? atMs;
  return withStep(checkpoint, { watermarkMs, cursor, done: [], open: {}, rows: { behind: behind + page, page: rows } });
}

/** The page under way was read again: what was complete of it stays so, and its rows count once. */
export function pageAgain(checkpoint: Checkpoint, rows: number): Checkpoint {
  const { behind } = runOf(checkpoint).step?.rows ?? noRows;
  return withStep(checkpoint, { rows: { behind, page: rows } });
}

/** A page of the log is stored, and so is where the next one begins. */
export function logPageRead(
  checkpoint: Checkpoint,
  page: {
    readonly changedApps: readonly string[] | null;
    readonly gone: readonly string[];
    readonly cursor: string | null;
    readonly atMs: number;
  },
): Checkpoint {
  const { changedApps: known, gone, step } = runOf(checkpoint);
  const moved = withStep(checkpoint, { cursor: page.cursor ?? step?.cursor ?? null, watermarkMs: step?.watermarkMs ?? page.atMs });
  // An index lags by moments, so that of very many the last ones are those that matter.
  return withRun(moved, { changedApps: joined(known, page.changedApps), gone: [...gone, ...page.gone].slice(-mostChanged) });
}

/** Groups were listed since they changed. */
export function groupsChanged(checkpoint: Checkpoint, ids: readonly string[]): Checkpoint {
  return withRun(checkpoint, { changedGroups: joined(runOf(checkpoint).changedGroups, ids) });
}

function joined(known: readonly string[] | null, more: readonly string[] | null): readonly string[] | null {
  const all = known === null || more === null ? null : [...new Set([...known, ...more])];
  // What concerns so many is read anew at little more cost than all.
  return all !== null && all.length > mostChanged ? null : all;
}

const mostChanged = 2_000;

/** A page of a fan-out is stored. */
export function childPaged(checkpoint: Checkpoint, key: string, cursor: string): Checkpoint {
  return withStep(checkpoint, { open: { ...runOf(checkpoint).step?.open, [key]: cursor } });
}

/** A fan-out is complete. */
export function childDone(checkpoint: Checkpoint, key: string): Checkpoint {
  const { done = [], open = {} } = runOf(checkpoint).step ?? {};
  const { [key]: _closed, ...stillOpen } = open;
  return withStep(checkpoint, { done: [...done, key], open: stillOpen });
}

/** The step is complete, so the watermarks of its streams move to when it began. */
export function stepDone(checkpoint: Checkpoint, streams: readonly StreamName[]): Checkpoint {
  const { step, finished } = runOf(checkpoint);
  if (!step) throw new LongarmError("internal", "No step of the sync is under way.");
  const moved = step.watermarkMs === null ? [] : streams.map((stream) => [stream, step.watermarkMs] as const);
  const logCursor = step.name === "logs" ? step.cursor : checkpoint.logCursor;
  const watermarks = { ...checkpoint.watermarks, ...Object.fromEntries(moved) };
  return withRun({ ...checkpoint, logCursor, watermarks }, { step: null, finished: [...finished, step.name] });
}

/** The step has to be left out: its watermarks stay where they are, and the run tells why. */
export function stepSkipped(checkpoint: Checkpoint, skipped: SkippedStep): Checkpoint {
  const run = runOf(checkpoint);
  const changedApps = skipped.step === "logs" ? null : run.changedApps;
  const changedGroups = skipped.step === "groups" ? null : run.changedGroups;
  const finished = [...run.finished, skipped.step];
  return withRun(skipped.step === "apps" ? withoutApps(checkpoint) : checkpoint, {
    ...{ step: null, finished, changedApps, changedGroups, skipped: [...run.skipped, skipped] },
  });
}

/** What the log told of access is used up with the run: whoever could not act on it lists everything the next time. */
export function withoutApps(checkpoint: Checkpoint): Checkpoint {
  const { apps: _apps, appUsers: _users, appGroups: _groups, ...watermarks } = checkpoint.watermarks;
  return { ...checkpoint, watermarks };
}

/** The run is complete, and told `last`. */
export function runDone(checkpoint: Checkpoint, last: Checkpoint["last"]): Checkpoint {
  const { mode, startedMs, skipped } = runOf(checkpoint);
  const lastFullMs = mode === "full" && skipped.length === 0 ? startedMs : checkpoint.lastFullMs;
  return { ...checkpoint, lastFullMs, run: null, last };
}

/** Adds to what the run did to a table. */
export function counted(checkpoint: Checkpoint, table: TableName, more: Partial<TableCounts>): Checkpoint {
  const { counts } = runOf(checkpoint);
  const { written = 0, marked = 0, faults = 0 } = counts[table] ?? {};
  const sum = { written: written + (more.written ?? 0), marked: marked + (more.marked ?? 0), faults: faults + (more.faults ?? 0) };
  return withRun(checkpoint, { counts: { ...counts, [table]: sum } });
}

// An org has some hundred fields; a source of ever new names must not swell each commit.
const mostFields = 1_000;

/** A listing of these tables held items without a key. */
export function blinded(checkpoint: Checkpoint, tables: readonly TableName[]): Checkpoint {
  return tables.length === 0 ? checkpoint : withRun(checkpoint, { blind: [...new Set([...runOf(checkpoint).blind, ...tables])] });
}

/** Notes fields that no column holds; new ones are told where the table was filled before this run. */
export function fieldsSeen(checkpoint: Checkpoint, table: TableName, seen: ReadonlySet<string>): Checkpoint {
  const known = checkpoint.fields[table] ?? [];
  const fresh = [...seen].filter((field) => !known.includes(field)).slice(0, Math.max(0, mostFields - known.length));
  if (fresh.length === 0) return checkpoint;
  const noted = { ...checkpoint, fields: { ...checkpoint.fields, [table]: [...known, ...fresh] } };
  const run = runOf(checkpoint);
  if (!wasFilledBefore(checkpoint, table)) return noted;
  return withRun(noted, { newFields: { ...run.newFields, [table]: [...(run.newFields[table] ?? []), ...fresh] } });
}

function wasFilledBefore({ watermarks }: Checkpoint, table: TableName): boolean {
  return streamNames.some((stream) => sources[stream].table === table && watermarks[stream] !== undefined);
}
