import { type TableName, tables } from "@longarm/sync";
import { parsed, plainValue } from "../../../support/sinks/state.ts";

/** What a row holds of the org, as a text: two rows that hold the same have the same. */
export type RowText = string;

/** Columns, and members of the item as it came, that may be older than the org; null: none may. */
export type Lag = Readonly<Partial<Record<TableName, { readonly columns: readonly string[]; readonly members: readonly string[] }>>>;

/** What an incremental run may leave as it was: an assignment's own date and the name there, which no date and no event of its own tells. */
export const lagOfIncremental: Lag = { app_users: { columns: ["last_updated", "user_name"], members: ["lastUpdated"] } };

const anyOrigin = /http:\/\/127\.0\.0\.1:\d+/g;

/** The row as a text; `record` holds the table's columns by name, and `raw`. */
export function rowTextOf(table: TableName, record: Readonly<Record<string, unknown>>, lag: Lag): RowText {
  const late = lag[table];
  const columns = tables[table].columns.filter(({ name }) => !late?.columns.includes(name));
  const values = Object.fromEntries(columns.map((column) => [column.name, plainValue(column, record[column.name])]));
  const raw = parsed(record["raw"]) as Record<string, unknown> | null;
  const kept = raw && Object.fromEntries(Object.entries(raw).filter(([name]) => !late?.members.includes(name)));
  // Each asks the org by a way of its own.
  const text = JSON.stringify({ ...values, raw: kept });
  return text.includes("http://") ? text.replaceAll(anyOrigin, "http://org") : text;
}

/** The names of the members in which two rows differ. */
export function differencesOf(one: RowText, other: RowText): readonly string[] {
  const [a, b] = [one, other].map((text) => JSON.parse(text) as Record<string, unknown>) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}
