import type { DatabaseSync } from "node:sqlite";
import { LongarmError } from "@longarm/shared";
import type { Column, ColumnType, Table } from "../../decide/table.ts";
import { allTables, indexesOf, isKey, listed, quoted } from "../stored-table.ts";
import { views } from "../views.ts";

/** Raised only by a change that older versions of Longarm could not write to. Further columns are no such change. */
const schemaVersion = 1;
/** Says in the file's head that it is ours: "LASY". */
const applicationId = 0x4c415359;

const typeNames: Readonly<Record<ColumnType, string>> = { text: "TEXT", moment: "TEXT", number: "REAL", boolean: "INTEGER", json: "TEXT" };
/** By which of SQLite's names for JSON values a column knows its own. */
const jsonTypes: Readonly<Record<ColumnType, string | null>> = {
  text: "'text'",
  moment: "'text'",
  number: "'integer', 'real'",
  boolean: "'true', 'false'",
  json: null,
};

const own = `
  CREATE TABLE IF NOT EXISTS sync_state (
    one INTEGER PRIMARY KEY CHECK (one = 1), sync TEXT NOT NULL, epoch INTEGER NOT NULL, checkpoint TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS row_faults (
    table_name TEXT NOT NULL, key TEXT, problem TEXT NOT NULL, item TEXT NOT NULL, generation INTEGER NOT NULL, synced_at TEXT NOT NULL,
    PRIMARY KEY (table_name, item)
  ) STRICT;`;

function definitionOf(table: Table): string {
  const columns = table.columns.map(
    (column) => `${quoted(column.name)} ${typeNames[column.type]}${isKey(table, column) ? " NOT NULL" : ""}`,
  );
  const kept = "extra TEXT, raw TEXT, generation INTEGER NOT NULL, synced_at TEXT NOT NULL, deleted_at TEXT, deleted_by TEXT";
  return `CREATE TABLE IF NOT EXISTS ${quoted(table.name)} (${columns.join(", ")}, ${kept}, PRIMARY KEY (${listed(table.key)})) STRICT`;
}

/** Fills a new column from the items that were kept, as far as they hold it. */
function fillOf(table: Table, { name, from, type }: Column): string | undefined {
  if (from === "parent" || !table.keepsItem) return undefined;
  const path = `'$${from.map((part) => `."${part}"`).join("")}'`;
  const wanted = jsonTypes[type];
  const value = type === "json" ? `raw -> ${path}` : `raw ->> ${path}`;
  const condition = wanted === null ? "" : ` AND json_type(raw, ${path}) IN (${wanted})`;
  return `UPDATE ${quoted(table.name)} SET ${quoted(name)} = ${value} WHERE raw IS NOT NULL${condition}`;
}

function addMissingColumns(database: DatabaseSync, table: Table): void {
  const there = new Set(
    database
      .prepare(`PRAGMA table_info(${quoted(table.name)})`)
      .all()
      .map(({ name }) => name),
  );
  for (const column of table.columns.filter(({ name }) => !there.has(name))) {
    database.exec(`ALTER TABLE ${quoted(table.name)} ADD COLUMN ${quoted(column.name)} ${typeNames[column.type]}`);
    const fill = fillOf(table, column);
    if (fill !== undefined) database.exec(fill);
  }
}

function checkOurs(database: DatabaseSync, file: string): void {
  const { application_id: application } = database.prepare("PRAGMA application_id").get() as { application_id: number };
  const { n } = database.prepare("SELECT count(*) AS n FROM sqlite_master").get() as { n: number };
  if (n > 0 && application !== applicationId)
    throw new LongarmError("conflict", `The database ${file} holds something else than a sync; name another file.`);
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > schemaVersion)
    throw new LongarmError(
      "invalid_state",
      `The database ${file} was made by a newer version of Longarm (form ${version}); upgrade this one.`,
    );
}

/** Makes what is missing of tables, columns, indexes and views. Throws `conflict` for a database that is not a sync's, `invalid_state` for a newer one. */
export function migrate(database: DatabaseSync, file: string): void {
  checkOurs(database, file);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; ${own}`);
  // Views first go: they would hold a table's columns fast, and their text may have changed.
  for (const name of Object.keys(views)) database.exec(`DROP VIEW IF EXISTS ${quoted(name)}`);
  for (const table of allTables) {
    database.exec(definitionOf(table));
    addMissingColumns(database, table);
    for (const index of indexesOf(table)) database.exec(index);
  }
  for (const [name, query] of Object.entries(views)) database.exec(`CREATE VIEW ${quoted(name)} AS ${query}`);
}
