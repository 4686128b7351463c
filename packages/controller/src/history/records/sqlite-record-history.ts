import type { DatabaseSync, StatementSync } from "node:sqlite";
import { fieldOf, LongarmError, type RecordKindName, type RecordSource } from "@longarm/shared";
import type { RecordFilter, RecordHistory, RecordListPage, RecordPage } from "../../ports/record-history.ts";
import type { KeptRecord, RecordEvent } from "../../ports/record-store.ts";
import { columnOf, openRecordFile, type RecordTable } from "./record-file.ts";
import { listQuery, writeCursor } from "./record-query.ts";

type Row = Readonly<Record<string, unknown>>;

// Filters combine in more ways than are worth keeping prepared; the common ones come back again and again.
const mostQueries = 200;

/** The view of the records in a SQLite file. */
export class SqliteRecordHistory implements RecordHistory {
  readonly #database: DatabaseSync;
  readonly #tables: ReadonlyMap<RecordKindName, RecordTable>;
  readonly #queries = new Map<string, StatementSync>();

  /** Opens `file`, or makes it anew when it does not hold these tables. */
  constructor(file: string, tables: readonly RecordTable[]) {
    this.#database = openRecordFile(file, tables);
    this.#tables = new Map(tables.map((table) => [table.kind, table]));
  }

  begin(kind: RecordKindName, { name, lastSequence }: { readonly name: string; readonly lastSequence: number }): void {
    this.#tableOf(kind);
    const at = this.#query("SELECT bucket, sequence FROM positions WHERE kind = ?").get(kind);
    if (at?.["bucket"] === name && Number(at["sequence"]) <= lastSequence) return;
    this.#together(() => {
      this.#database.exec(`DELETE FROM ${kind}`);
      this.#query("INSERT OR REPLACE INTO positions VALUES (?, ?, 0, 0)").run(kind, name);
    });
  }

  apply(kind: RecordKindName, events: readonly RecordEvent[]): void {
    const newest = events.at(-1);
    if (!newest || newest.sequence <= this.position(kind)) return;
    const table = this.#tableOf(kind);
    this.#together(() => {
      for (const { record } of events) this.#write(table, record);
      this.#query("UPDATE positions SET sequence = ?, timeMs = ? WHERE kind = ?").run(newest.sequence, newest.timeMs, kind);
    });
  }

  position(kind: RecordKindName): number {
    return Number(this.#query("SELECT sequence FROM positions WHERE kind = ?").get(kind)?.["sequence"] ?? 0);
  }

  list(kind: RecordKindName, filter: RecordFilter, page: RecordPage): RecordListPage {
    const query = listQuery(this.#tableOf(kind), filter, { ...page, limit: page.limit + 1 });
    const found = this.#query(query.sql).all(...query.parameters);
    const rows = found.slice(0, page.limit);
    const last = rows.at(-1);
    const nextCursor = last && found.length > rows.length ? writeCursor(query, last, page) : null;
    const asOf = Number(this.#query("SELECT timeMs FROM positions WHERE kind = ?").get(kind)?.["timeMs"] ?? 0);
    return { records: rows.map((row) => toRecord(kind, row)), nextCursor, asOf };
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #tableOf(kind: RecordKindName): RecordTable {
    const table = this.#tables.get(kind);
    if (table) return table;
    throw new LongarmError("internal", `No records are kept of ${kind}.`);
  }

  #write({ kind, fields }: RecordTable, record: KeptRecord): void {
    const { connection, id, object, firstSeenAt, syncedAt, changedAt, deletedAt, source } = record;
    const texts = fields.map((field) => fieldOf(field, object));
    const columns = [
      "connection",
      "id",
      "firstSeenAt",
      "syncedAt",
      "changedAt",
      "deletedAt",
      "source",
      ...fields.map(columnOf),
      "searched",
      "object",
    ];
    // A listing of everything changes little but when each was last seen: indexes of what is the same are left alone.
    const changed = columns.slice(2).map((column) => `${column} = excluded.${column}`);
    const values = columns.map(() => "?").join(", ");
    const sql = `INSERT INTO ${kind} (${columns.join(", ")}) VALUES (${values}) ON CONFLICT DO UPDATE SET ${changed.join(", ")}`;
    const times = [firstSeenAt, syncedAt, changedAt ?? 0, deletedAt ?? 0];
    this.#query(sql).run(connection, id, ...times, source, ...texts, [id, ...texts].join("\n"), JSON.stringify(object));
  }

  #together(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (reason) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw reason;
    }
  }

  #query(sql: string): StatementSync {
    const prepared = this.#queries.get(sql) ?? this.#database.prepare(sql);
    if (this.#queries.size >= mostQueries) this.#queries.clear();
    this.#queries.set(sql, prepared);
    return prepared;
  }
}

function toRecord(kind: RecordKindName, row: Row): KeptRecord {
  return {
    kind,
    connection: row["connection"] as string,
    id: row["id"] as string,
    object: JSON.parse(row["object"] as string) as Record<string, unknown>,
    changedAt: (row["changedAt"] as number) || null,
    firstSeenAt: row["firstSeenAt"] as number,
    syncedAt: row["syncedAt"] as number,
    deletedAt: (row["deletedAt"] as number) || null,
    source: row["source"] as RecordSource,
  };
}
