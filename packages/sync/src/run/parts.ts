import { LongarmError } from "@longarm/shared";
import { runOf, type StepProgress } from "../decide/checkpoint.ts";
import type { SyncPlan } from "../decide/plan.ts";
import type { TableName } from "../decide/table.ts";
import type { Page, PageOutcome, Pages } from "../ports/pages.ts";
import type { Change } from "../ports/sink.ts";
import type { Commits } from "./commits.ts";
import type { RowMaker } from "./row-maker.ts";

/** What a run works with. */
export interface SyncRunParts {
  readonly plan: SyncPlan;
  readonly pages: Pages;
  readonly commits: Commits;
  readonly rows: RowMaker;
  /** Our clock, Unix milliseconds: for targets that do not tell theirs. */
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
}

/** The step under way. */
export function progressOf({ checkpoint }: Commits): StepProgress {
  const { step } = runOf(checkpoint);
  if (step) return step;
  throw new LongarmError("internal", "No step of the sync is under way.");
}

/** The page that was asked for; any other outcome is one that this listing cannot have. */
export function pageIn(outcome: PageOutcome, action: string): Page {
  if (outcome.kind === "page") return outcome;
  const why = outcome.kind === "absent" ? "has no such list" : "refused a cursor that it was not given";
  throw new LongarmError("unexpected_response", `The target ${why} for ${action}.`);
}

/** Did a listing of this table hold an item without a key? Then what it did not show may be that very row. */
export function isBlind({ checkpoint }: Commits, table: TableName): boolean {
  return runOf(checkpoint).blind.includes(table);
}

/** The ids of what the log said in this run is gone. */
export function goneIn({ checkpoint }: Commits): ReadonlySet<string> {
  return new Set(runOf(checkpoint).gone);
}

/** When the run under way began, RFC 3339. */
export function startOf({ checkpoint }: Commits): string {
  return new Date(runOf(checkpoint).startedMs).toISOString();
}

type Mark = Extract<Change, { kind: "mark" }>;

/** Marks what belongs to one object. */
export function markOf(
  table: TableName,
  { column, value, at, by }: Pick<Mark, "at" | "by"> & { readonly column: string; readonly value: string },
): Mark {
  return { kind: "mark", table, scope: { column, values: [value] }, at, by };
}
