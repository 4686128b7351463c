import type { TableName } from "@longarm/sync";
import { Breath } from "../breath.ts";
import { differencesOf, type RowText } from "./row-text.ts";

/** A row as it stands in the sink. */
export interface SinkRow {
  readonly key: string;
  readonly text: RowText;
  /** Is it marked as deleted? */
  readonly isMarked: boolean;
}

/** What was found of one table. Keys, the first ones, and how many there are. */
export interface Comparison {
  readonly table: TableName;
  /** Rows that the org holds. */
  readonly rows: number;
  readonly marked: number;
  /** In the org, and not in the sink. */
  readonly missing: readonly string[];
  /** In the sink, not marked, and not in the org. */
  readonly extra: readonly string[];
  /** In both, and not the same. */
  readonly stale: readonly string[];
  /** In the org, and marked in the sink. */
  readonly wronglyMarked: readonly string[];
  /** In the sink more than once. */
  readonly double: readonly string[];
}

/** The ways in which a table may be wrong. */
export const wrongs = ["missing", "extra", "stale", "wronglyMarked", "double"] as const;

/** Compares a table of the sink with what the org holds, by key. */
export async function compareTable(
  table: TableName,
  org: ReadonlyMap<string, RowText>,
  sink: Iterable<SinkRow> | AsyncIterable<SinkRow>,
): Promise<Comparison> {
  const seen = new Set<string>();
  const [extra, stale, wronglyMarked, double] = [[], [], [], []] as [string[], string[], string[], string[]];
  const breath = new Breath();
  let marked = 0;
  for await (const { key, text, isMarked } of sink) {
    await breath.take();
    if (isMarked) marked += 1;
    if (seen.has(key)) double.push(key);
    seen.add(key);
    const wanted = org.get(key);
    if (wanted === undefined) {
      if (!isMarked) extra.push(key);
    } else if (isMarked) wronglyMarked.push(key);
    else if (wanted !== text) stale.push(`${key} (${differencesOf(wanted, text).join(", ")})`);
  }
  const missing = [...org.keys()].filter((key) => !seen.has(key));
  return { table, rows: org.size, marked, missing, extra, stale, wronglyMarked, double };
}
