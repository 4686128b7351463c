import { type Column, type Table, type TableName, tableNames } from "../decide/table.ts";
import { tables } from "../decide/tables.ts";

/** What a database keeps of every row beside the table's own columns, in this order behind them. */
export const keptColumns = ["extra", "raw", "generation", "synced_at", "deleted_at", "deleted_by"] as const;

/** Columns that are looked up from the other side than by the key. */
const lookedUp: Readonly<Partial<Record<TableName, readonly (readonly string[])[]>>> = {
  users: [["login"]],
  group_members: [["user_id"]],
  app_users: [["user_id"]],
  app_groups: [["group_id"]],
  logs: [["published"], ["actor_id", "event_type", "published"]],
};

/** A name in quotes: `groups` is a word of SQL. All names are the tables' own, none comes from data. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** Names in quotes, with commas between them. */
export function listed(names: readonly string[]): string {
  return names.map(quoted).join(", ");
}

/** Every table, in the order in which databases make them. */
export const allTables: readonly Table[] = tableNames.map((name) => tables[name]);

/** The statements that make the indexes of a table where they are absent. */
export function indexesOf({ name }: Table): readonly string[] {
  const statements = (lookedUp[name] ?? []).map((columns) => {
    const index = quoted(`${name}_by_${columns.join("_")}`);
    return `CREATE INDEX IF NOT EXISTS ${index} ON ${quoted(name)} (${listed(columns)})`;
  });
  const deleted = `CREATE INDEX IF NOT EXISTS ${quoted(`${name}_deleted`)} ON ${quoted(name)} (deleted_at) WHERE deleted_at IS NOT NULL`;
  return [...statements, deleted];
}

/** Asks how many rows are live. Both counts are answered by an index: rows are wide. */
export function liveText(name: TableName): string {
  return `SELECT (SELECT count(*) FROM ${quoted(name)}) - (SELECT count(*) FROM ${quoted(name)} WHERE deleted_at IS NOT NULL) AS live`;
}

/** Is the column a part of the table's key? */
export function isKey({ key }: Table, { name }: Column): boolean {
  return key.includes(name);
}
