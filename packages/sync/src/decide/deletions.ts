import { LongarmError } from "@longarm/shared";
import { type Checkpoint, runOf, stepRestarted } from "./checkpoint.ts";
import { listedOf } from "./listed-rows.ts";
import type { TableName } from "./table.ts";

/** How many rows of each table the sweeps of one run may mark as deleted: a number, or a share of its live rows such as `20%`. */
export type MostDeleted = number | string;

/** What holds where a sync says nothing. */
export const defaultMostDeleted: MostDeleted = "20%";
/** A share allows as many at least: of a handful of groups one or two may go. */
const fewest = 10;

/** How many may be marked of so many; null: nobody can say. */
export function allowedOf(most: MostDeleted, live: number | null): number | null {
  if (typeof most === "number") return most;
  const percent = Number(most.slice(0, -1));
  if (percent === 100) return Number.POSITIVE_INFINITY;
  return live === null ? null : Math.max(fewest, Math.floor((live * percent) / 100));
}

/** A sweep that is about to be made: of a whole table, or of what belongs to one object. */
export interface Sweep {
  readonly table: TableName;
  readonly isWhole: boolean;
}

/**
 * How many rows a sweep may mark; null: as many as there are. Where the sink counts its rows, it holds a sweep to that. Where it cannot, a whole
 * sweep is judged here, by how many rows the whole listing before had. Throws `too_many_deletions`.
 */
export function roomFor(
  { table, isWhole }: Sweep,
  { checkpoint, most }: { readonly checkpoint: Checkpoint; readonly most: MostDeleted },
): number | null {
  const { live, swept } = runOf(checkpoint);
  const counted = live[table];
  const allowed = allowedOf(most, counted ?? checkpoint.listed[table] ?? null);
  if (allowed === null || allowed === Number.POSITIVE_INFINITY) return null;
  if (counted !== undefined) return Math.max(0, allowed - (swept[table] ?? 0));
  const gone = (checkpoint.listed[table] ?? 0) - listedOf(checkpoint, table);
  if (isWhole && gone > allowed) throw tooMany(table, { checkpoint, most });
  return null;
}

/** The error of a run whose sweeps would mark more than they may. */
export function tooMany(
  table: TableName,
  { checkpoint, most }: { readonly checkpoint: Checkpoint; readonly most: MostDeleted },
): LongarmError {
  const live = runOf(checkpoint).live[table] ?? checkpoint.listed[table] ?? null;
  const allowed = allowedOf(most, live) ?? 0;
  const told = typeof most === "number" ? "" : ` (${most})`;
  const message =
    `What was listed lacks more than ${allowed}${told} of the ${live === null ? "" : `${live} `}rows of "${table}", so it was not marked as deleted what is missing. ` +
    "Look whether the org still holds it, and whether the credential may still see it. If it is really gone, run the sync once with a higher " +
    "`maxDeleted` (longarm syncs run NAME --max-deleted 100%).";
  return new LongarmError("too_many_deletions", message, { details: { table, live, allowed } });
}

/** The step under way is to be listed anew: whatever was wrong with what was listed, it is not to be gone on with. */
export function sweepRefused(checkpoint: Checkpoint, table: TableName): Checkpoint {
  const restarted = stepRestarted(checkpoint);
  const run = runOf(restarted);
  // Else a few tries more would seem to have listed enough.
  const counts = { ...run.counts, [table]: { marked: 0, faults: 0, ...run.counts[table], written: 0 } };
  return { ...restarted, run: { ...run, counts, swept: {} } };
}
