import { createHash } from "node:crypto";
import { LongarmError } from "@longarm/shared";
import type { Client } from "pg";
import type { Column, ColumnType, Table } from "../../decide/table.ts";
import { allTables, indexesOf, isKey, listed, quoted } from "../stored-table.ts";
import { views } from "../views.ts";

/** Raised only by a change that older versions of Longarm could not write to. Further columns are no such change. */
const schemaVersion = 1;

/** The names that PostgreSQL has for the types of columns. */
export const typeNames: Readonly<Record<ColumnType, string>> = {
  text: "text",
  moment: "timestamptz",
  number: "double precision",
  boolean: "boolean",
  json: "jsonb",
};

const own = [
  `CREATE TABLE IF NOT EXISTS sync_state (
    one integer PRIMARY KEY CHECK (one = 1), sync text, epoch bigint NOT NULL DEFAULT 0, checkpoint text, version integer NOT NULL, form text
  )`,
  `CREATE TABLE IF NOT EXISTS row_faults (
    table_name text NOT NULL, key text, problem text NOT NULL, item text NOT NULL, generation bigint NOT NULL, synced_at timestamptz NOT NULL
  )`,
  // An index takes no texts of any length.
  "CREATE UNIQUE INDEX IF NOT EXISTS row_faults_by_item ON row_faults (table_name, md5(item))",
];

function definitionOf(table: Table): string {
  const columns = table.columns.map(
    (column) => `${quoted(column.name)} ${typeNames[column.type]}${isKey(table, column) ? " NOT NULL" : ""}`,
  );
  const kept =
    "extra jsonb, raw jsonb, generation bigint NOT NULL, synced_at timestamptz NOT NULL, deleted_at timestamptz, deleted_by text";
  return `CREATE TABLE IF NOT EXISTS ${quoted(table.name)} (${columns.join(", ")}, ${kept}, PRIMARY KEY (${listed(table.key)}))`;
}

const jsonTypes: Readonly<Record<ColumnType, string | null>> = {
  text: "string",
  moment: "string",
  number: "number",
  boolean: "boolean",
  json: null,
};

/** Fills a new column from the items that were kept, as far as they hold it. */
function fillOf(table: Table, { name, from, type }: Column): string | undefined {
  if (from === "parent" || !table.keepsItem) return undefined;
  const path = `'{${from.map((part) => `"${part}"`).join(",")}}'`;
  const value = type === "json" ? `raw #> ${path}` : `(raw #>> ${path})::${typeNames[type]}`;
  const isOfType = jsonTypes[type] === null ? "true" : `jsonb_typeof(raw #> ${path}) = '${jsonTypes[type]}'`;
  const isReadable = type === "moment" ? ` AND raw #>> ${path} ~ '^\\d{4}-\\d{2}-\\d{2}T'` : "";
  return `UPDATE ${quoted(table.name)} SET ${quoted(name)} = ${value} WHERE ${isOfType}${isReadable}`;
}

const viewStatements = Object.entries(views).map(([name, query]) => `CREATE OR REPLACE VIEW ${quoted(name)} AS ${query}`);
/** Names what this version makes, so that a schema that has it already is left in peace. */
const form = createHash("sha256")
  .update(JSON.stringify([own, allTables.flatMap((table) => [definitionOf(table), ...indexesOf(table)]), viewStatements]))
  .digest("hex");

/** What a schema holds of a sync: nothing of ours, or the row of its state. */
interface Held {
  readonly version: number;
  readonly form: string | null;
}

async function heldIn(client: Client, schema: string): Promise<Held | undefined> {
  const { rows: found } = await client.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = $1", [schema]);
  if (found.length === 0) return undefined;
  if (!found.some(({ name }) => name === "sync_state"))
    throw new LongarmError("conflict", `The schema ${schema} holds something else than a sync; name another schema.`);
  const { rows } = await client.query<Held>("SELECT version, form FROM sync_state");
  return rows[0];
}

async function addMissingColumns(client: Client, table: Table, schema: string): Promise<void> {
  const query = "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2";
  const { rows } = await client.query<{ name: string }>(query, [schema, table.name]);
  const there = new Set(rows.map(({ name }) => name));
  for (const column of table.columns.filter(({ name }) => !there.has(name))) {
    await client.query(`ALTER TABLE ${quoted(table.name)} ADD COLUMN ${quoted(column.name)} ${typeNames[column.type]}`);
    const fill = fillOf(table, column);
    if (fill !== undefined) await client.query(fill);
  }
}

/**
 * Makes what is missing of the schema, its tables, columns, indexes and views, inside the caller's transaction. Throws `conflict` for a
 * schema of something else, `invalid_state` for one that a newer version has made.
 */
export async function migrate(client: Client, schema: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`longarm ${schema}`]);
  const held = await heldIn(client, schema);
  if (held && held.version > schemaVersion)
    throw new LongarmError(
      "invalid_state",
      `The schema ${schema} was made by a newer version of Longarm (form ${held.version}); upgrade this one.`,
    );
  if (held?.form === form) return;
  // Who may not make schemas in the database can be given one.
  const { rowCount } = await client.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${schema}`);
  for (const statement of own) await client.query(statement);
  for (const table of allTables) {
    await client.query(definitionOf(table));
    await addMissingColumns(client, table, schema);
    for (const index of indexesOf(table)) await client.query(index);
  }
  for (const view of viewStatements) await client.query(view);
  const state = "INSERT INTO sync_state (one, version, form) VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE SET version = $1, form = $2";
  await client.query(state, [schemaVersion, form]);
}
