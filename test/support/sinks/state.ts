import { type Column, type Row, type Table, type TableName, tables, type Value } from "@longarm/sync";

/** One row as it stands in a sink, whatever the sink is. */
export interface StoredRow {
  readonly values: Readonly<Record<string, Value>>;
  readonly extra: unknown;
  readonly raw: unknown;
  readonly generation: number;
  readonly at: string;
  readonly deletedAt: string | null;
  readonly deletedBy: string | null;
}

/** Everything that a sink holds: rows by their keys, in the order of the keys, and faults. */
export interface SinkState {
  readonly tables: Readonly<Partial<Record<TableName, Readonly<Record<string, StoredRow>>>>>;
  readonly faults: readonly { readonly table: string; readonly key: string | null; readonly problem: string; readonly item: string }[];
}

/** A value as every sink gives it: moments to the millisecond in UTC, JSON parsed and written anew. */
export function plainValue({ type }: Pick<Column, "type">, value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (type === "moment") return plainMoment(value as string | Date);
  if (type === "boolean") return Boolean(value);
  if (type === "json") return JSON.stringify(parsed(value));
  return value as Value;
}

export function plainMoment(value: string | Date): string {
  return new Date(value).toISOString();
}

/** JSON as a text or already parsed; objects get their members in one order, since a database may change it. */
export function parsed(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  return inOrder(typeof value === "string" ? (JSON.parse(value) as unknown) : value);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, inOrder(member)]),
  );
}

/** Rows by key, from records that have a member for each column and for what is kept beside. */
export function stateOfTable(table: Table, records: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, StoredRow>> {
  const rows = records.map((record): readonly [string, StoredRow] => [
    table.key.map((name) => record[name]).join(" "),
    {
      values: Object.fromEntries(table.columns.map((column) => [column.name, plainValue(column, record[column.name])])),
      extra: parsed(record["extra"]),
      raw: parsed(record["raw"]),
      generation: Number(record["generation"]),
      at: plainMoment(record["synced_at"] as string),
      deletedAt: record["deleted_at"] === null ? null : plainMoment(record["deleted_at"] as string),
      deletedBy: record["deleted_by"] as string | null,
    },
  ]);
  return Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The values of a row by the names of its columns. */
export function namedValues(table: TableName, { values }: Row): Readonly<Record<string, Value>> {
  return Object.fromEntries(tables[table].columns.map((column, at) => [column.name, plainValue(column, values[at])]));
}
