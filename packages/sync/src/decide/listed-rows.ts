import { type Checkpoint, type RowCounts, runOf, withRun } from "./checkpoint.ts";
import { sources } from "./streams.ts";
import type { TableName } from "./table.ts";

/** How many rows of a table were listed so far: of the step's own table each once, of the others as many as were written. */
export function listedOf(checkpoint: Checkpoint, table: TableName): number {
  const { step, counts } = runOf(checkpoint);
  if (step?.rows && sources[step.name].table === table) return step.rows.behind + step.rows.page;
  return counts[table]?.written ?? 0;
}

/** A sweep that was made: of a whole table, where it has no scope, behind a listing of so many rows. */
export interface MadeSweep {
  readonly table: TableName;
  readonly scope: unknown;
  readonly listed: number;
}

/** Notes a sweep, and how many rows it marked where the sink counts them. */
export function swept(checkpoint: Checkpoint, { table, scope, listed }: MadeSweep, marked: RowCounts | null): Checkpoint {
  const run = runOf(checkpoint);
  const noted = withRun(checkpoint, { swept: { ...run.swept, [table]: (run.swept[table] ?? 0) + (marked?.[table] ?? 0) } });
  return scope === null ? { ...noted, listed: { ...checkpoint.listed, [table]: listed } } : noted;
}
