import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LongarmError, type RecordField, type RecordKindName } from "@longarm/shared";

/** Of which kind the view holds which columns. */
export interface RecordTable {
  readonly kind: RecordKindName;
  readonly fields: readonly RecordField[];
}

/** The column of a field; fields have names that no SQL could be hidden in. */
export function columnOf({ name }: RecordField): string {
  if (/^[A-Za-z]{1,40}$/.test(name)) return `f_${name}`;
  throw new LongarmError("internal", `"${name}" cannot name a field of records: letters alone can.`);
}

// Times are 0 and texts empty where there is none, so that whatever a list is sorted by can be compared. Upper and lower case are the same.
function tableSql({ kind, fields }: RecordTable): string {
  const columns = fields.map((field) => `${columnOf(field)} TEXT NOT NULL COLLATE NOCASE`);
  const sorted = [...fields.map(columnOf), "syncedAt", "changedAt"];
  return `
    CREATE TABLE ${kind} (
      connection TEXT NOT NULL, id TEXT NOT NULL, firstSeenAt INTEGER NOT NULL, syncedAt INTEGER NOT NULL, changedAt INTEGER NOT NULL,
      deletedAt INTEGER NOT NULL, source TEXT NOT NULL, ${columns.join(", ")}, searched TEXT NOT NULL, object TEXT NOT NULL,
      PRIMARY KEY (connection, id)
    ) STRICT;
    ${sorted.map((column) => `CREATE INDEX ${kind}_by_${column} ON ${kind} (${column}, connection, id);`).join("\n    ")}
  `;
}

function schemaOf(tables: readonly RecordTable[]): string {
  const positions =
    "CREATE TABLE positions (kind TEXT PRIMARY KEY, bucket TEXT NOT NULL, sequence INTEGER NOT NULL, timeMs INTEGER NOT NULL)";
  return `${positions} STRICT; ${tables.map(tableSql).join("\n")}`;
}

/** What a file of other tables does not bear. */
function versionOf(schema: string): number {
  return createHash("sha256").update(schema).digest().readUInt32BE() >>> 1;
}

/** Instead of a file, for tests: what it holds is gone when it is closed. */
export const inMemory = ":memory:";

function removeFile(file: string): void {
  for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(file + ending, { force: true });
}

function connect(file: string): DatabaseSync {
  if (file === inMemory) return new DatabaseSync(file);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A write-ahead log without its database belongs to one that was deleted.
  if (!existsSync(file)) removeFile(file);
  closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file);
  // A power cut may lose the last commits, positions included, but not tear them: they are taken from the buckets again.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY");
  return database;
}

function openUsable(file: string, version: number): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = connect(file);
    const check = database.prepare("PRAGMA quick_check(1)").get();
    if (check?.["quick_check"] === "ok" && database.prepare("PRAGMA user_version").get()?.["user_version"] === version) return database;
  } catch {
    // Whatever SQLite cannot read is made again, as is what does not fit.
  }
  database?.close();
  return undefined;
}

/** Opens the view's database. One that is absent, damaged or of other tables is made anew, empty. */
export function openRecordFile(file: string, tables: readonly RecordTable[]): DatabaseSync {
  const schema = schemaOf(tables);
  const version = versionOf(schema);
  const usable = existsSync(file) ? openUsable(file, version) : undefined;
  if (usable) return usable;
  removeFile(file);
  const database = connect(file);
  database.exec(`BEGIN; ${schema}; PRAGMA user_version = ${version}; COMMIT`);
  return database;
}
