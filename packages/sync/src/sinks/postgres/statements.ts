import type { Client } from "pg";
import type { Row, RowFault, Table, TableName, Value } from "../../decide/table.ts";
import { tables } from "../../decide/tables.ts";
import type { Batch, Change } from "../../ports/sink.ts";
import { checkMarked } from "../marked.ts";
import { keptColumns, listed, liveText, quoted } from "../stored-table.ts";
import { rowProblem } from "./postgres-fault.ts";
import { typeNames } from "./schema.ts";

type Stamp = Pick<Batch, "generation" | "at">;

/** The columns of a table as one statement takes them: an array for each, JSON as text. */
function upsertText({ name, key, columns }: Table): string {
  const all = [...columns.map((column) => column.name), ...keptColumns];
  const given = [...columns.map(({ type }) => type), "json" as const, "json" as const];
  const arrays = given.map((type, at) => `$${at + 1}::${type === "json" ? "text" : typeNames[type]}[]`);
  const names = given.map((_, at) => `c${at}`);
  const values = given.map((type, at) => (type === "json" ? `c${at}::jsonb` : `c${at}`));
  const [generation, at] = [`$${given.length + 1}::bigint`, `$${given.length + 2}::timestamptz`];
  const changed = all.filter((column) => !key.includes(column)).map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
  return `INSERT INTO ${quoted(name)} (${listed(all)})
    SELECT ${values.join(", ")}, ${generation}, ${at}, NULL, NULL FROM unnest(${arrays.join(", ")}) AS given (${names.join(", ")})
    ON CONFLICT (${listed(key)}) DO UPDATE SET ${changed.join(", ")}`;
}

const upserts = new Map(Object.values(tables).map((table) => [table.name, upsertText(table)]));
// PostgreSQL keeps no U+0000 in a text, and an item is kept as JSON, where it is an escape.
const storable = (text: string): string => text.replaceAll("\0", "\uFFFD");

/** Of rows with the same key the last, since one statement must not change a row twice. */
function lastOfKeys(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.key.join("\0"), row])).values()];
}

/** Writes rows in one statement; where that fails for one of them, finds it by halves. Tells those that the database cannot take. */
export async function upsert(
  client: Client,
  name: TableName,
  given: { readonly rows: readonly Row[]; readonly stamp: Stamp },
): Promise<RowFault[]> {
  return writeHalves(client, tables[name], { rows: lastOfKeys(given.rows), stamp: given.stamp });
}

async function writeHalves(
  client: Client,
  table: Table,
  { rows, stamp }: { readonly rows: readonly Row[]; readonly stamp: Stamp },
): Promise<RowFault[]> {
  if (rows.length === 0) return [];
  await client.query("SAVEPOINT rows");
  try {
    await writeRows(client, table, { rows, stamp });
    await client.query("RELEASE SAVEPOINT rows");
    return [];
  } catch (reason) {
    const problem = rowProblem(reason);
    if (problem === undefined) throw reason;
    await client.query("ROLLBACK TO SAVEPOINT rows");
    const [first] = rows;
    if (rows.length === 1 && first) return [await setAside(client, table, { row: first, stamp, problem })];
    const middle = Math.ceil(rows.length / 2);
    const found = await writeHalves(client, table, { rows: rows.slice(0, middle), stamp });
    return [...found, ...(await writeHalves(client, table, { rows: rows.slice(middle), stamp }))];
  }
}

async function writeRows(
  client: Client,
  table: Table,
  { rows, stamp }: { readonly rows: readonly Row[]; readonly stamp: Stamp },
): Promise<void> {
  const columns: (readonly Value[])[] = table.columns.map((_, at) => rows.map(({ values }) => values[at] ?? null));
  const values = [...columns, rows.map(({ extra }) => extra), rows.map(({ raw }) => raw), stamp.generation, stamp.at];
  await client.query({ name: `upsert ${table.name}`, text: upserts.get(table.name) ?? "", values });
}

/** A row that cannot be stored, as a fault. What stood under its key counts as seen, so that no sweep takes it for deleted. */
async function setAside(
  client: Client,
  table: Table,
  { row, stamp, problem }: { readonly row: Row; readonly stamp: Stamp; readonly problem: string },
): Promise<RowFault> {
  const where = table.key.map((column, at) => `${quoted(column)} = $${at + 2}`).join(" AND ");
  const key = row.key.map(storable);
  await client.query(`UPDATE ${quoted(table.name)} SET generation = $1 WHERE ${where}`, [stamp.generation, ...key]);
  return { table: table.name, key: key.join(" "), problem, item: row.raw ?? JSON.stringify(row.values) };
}

/** Keeps faults, each item once. */
export async function keepFaults(client: Client, faults: readonly RowFault[], { generation, at }: Stamp): Promise<void> {
  const text = `INSERT INTO row_faults (table_name, key, problem, item, generation, synced_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (table_name, md5(item)) DO UPDATE
    SET problem = excluded.problem, generation = excluded.generation, synced_at = excluded.synced_at`;
  for (const { table, key, problem, item } of faults) {
    const values = [table, key === null ? null : storable(key), storable(problem), storable(item), generation, at];
    await client.query({ name: "keep fault", text, values });
  }
}

/** Marks rows as deleted and tells how many. */
export async function mark(client: Client, change: Extract<Change, { kind: "mark" }>, generation: number): Promise<number> {
  const { table, scope, at, by } = change;
  const update = `UPDATE ${quoted(table)} SET deleted_at = $1, deleted_by = $2 WHERE deleted_at IS NULL AND generation < $3`;
  const scoped = scope ? ` AND ${quoted(scope.column)} = ANY ($4::text[])` : "";
  const { rowCount } = await client.query(update + scoped, [at, by, generation, ...(scope ? [scope.values.map(storable)] : [])]);
  checkMarked(change, rowCount ?? 0);
  return rowCount ?? 0;
}

/** How many rows of a table are not marked. */
export async function countLive(client: Client, table: TableName): Promise<number> {
  const { rows } = await client.query<{ live: string }>(liveText(table));
  return Number(rows[0]?.live);
}
