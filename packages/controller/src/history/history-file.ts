import { closeSync, existsSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Raise it with every change of the tables: a file of another version is dropped and made again from the log. */
const schemaVersion = 6;

/*
 * `open` is 1 while the run is not finished. The indexes follow the filters of the list, each ending in its order. `carriers`
 * are the agents that carried a call of a run, `n` in the order in which they came. `removals` are removed runs whose rest may
 * still be stored.
 */
const schema = `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, action TEXT NOT NULL, connection TEXT, lane TEXT NOT NULL, status TEXT NOT NULL, open INTEGER NOT NULL,
    principal TEXT NOT NULL, owner TEXT, epoch INTEGER NOT NULL, errorCode TEXT, callCount INTEGER NOT NULL,
    submittedAt INTEGER NOT NULL, startedAt INTEGER, endedAt INTEGER, startBy INTEGER, waitingFor TEXT, originKind TEXT, originName TEXT, slotMs INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX runs_by_time ON runs (submittedAt, id);
  CREATE INDEX runs_by_status ON runs (status, submittedAt, id);
  CREATE INDEX runs_by_action ON runs (action, submittedAt, id);
  CREATE INDEX runs_by_connection ON runs (connection, submittedAt, id);
  CREATE INDEX runs_by_origin ON runs (originName, submittedAt, id) WHERE originName IS NOT NULL;
  CREATE INDEX runs_by_owner ON runs (owner, (status = 'waiting'), submittedAt, id) WHERE open = 1;
  CREATE INDEX runs_by_start ON runs (startBy) WHERE status = 'queued' AND startBy IS NOT NULL;
  CREATE INDEX runs_by_end ON runs (endedAt, id) WHERE open = 0;
  CREATE TABLE removals (run TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE carriers (
    n INTEGER PRIMARY KEY, run TEXT NOT NULL, agent TEXT NOT NULL, submittedAt INTEGER NOT NULL, UNIQUE (run, agent)
  ) STRICT;
  CREATE INDEX carriers_by_agent ON carriers (agent, submittedAt, run);
  CREATE TABLE position (one INTEGER PRIMARY KEY CHECK (one = 1), log TEXT NOT NULL, sequence INTEGER NOT NULL, timeMs INTEGER NOT NULL) STRICT;
  PRAGMA user_version = ${schemaVersion};
`;

/** The run log that a history was made from, so that a history of another one is not taken for its own. */
export interface LogIdentity {
  /** Changes when the log is made anew, such as the time of the stream's creation. */
  readonly name: string;
  /** The last sequence that the log has given out. */
  readonly lastSequence: number;
}

function removeFile(file: string): void {
  for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(file + ending, { force: true });
}

function connect(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A write-ahead log without its database belongs to one that was deleted.
  if (!existsSync(file)) removeFile(file);
  closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file);
  // A power cut may lose the last commits, position included, but not tear them: they are taken from the log again.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY");
  return database;
}

function isUsable(database: DatabaseSync, log: LogIdentity): boolean {
  const check = database.prepare("PRAGMA quick_check(1)").get();
  if (check?.["quick_check"] !== "ok") return false;
  if (database.prepare("PRAGMA user_version").get()?.["user_version"] !== schemaVersion) return false;
  const position = database.prepare("SELECT log, sequence FROM position").get();
  return position?.["log"] === log.name && Number(position["sequence"]) <= log.lastSequence;
}

function openUsable(file: string, log: LogIdentity): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = connect(file);
    if (isUsable(database, log)) return database;
  } catch {
    // Whatever SQLite cannot read is made again, as is what does not fit.
  }
  database?.close();
  return undefined;
}

/** Opens the history's database. One that is absent, damaged, of another version or of another log is made anew, empty. */
export function openHistoryFile(file: string, log: LogIdentity): { readonly database: DatabaseSync; readonly isNew: boolean } {
  const usable = existsSync(file) ? openUsable(file, log) : undefined;
  if (usable) return { database: usable, isNew: false };
  removeFile(file);
  const database = connect(file);
  database.exec(`BEGIN; ${schema} COMMIT`);
  database.prepare("INSERT INTO position VALUES (1, ?, 0, 0)").run(log.name);
  return { database, isNew: true };
}
