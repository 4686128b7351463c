import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Clock } from "@longarm/shared";
import type { RowFault, TableName } from "../../decide/table.ts";
import type { Batch, CommitReport, Sink, SinkWriter, WriterIdentity } from "../../ports/sink.ts";
import { checkIdentity, overtaken } from "../identity.ts";
import { migrate } from "./schema.ts";
import { sqliteFault } from "./sqlite-fault.ts";
import { type Patience, whenFree } from "./when-free.ts";
import { Statements } from "./statements.ts";

/** Where the database is, and how long to wait for another program that holds it. */
export interface SqliteSinkOptions {
  /** Made when absent, readable by its owner alone. Programs may read it at any time; its views answer what is asked most. */
  readonly file: string;
  /** Milliseconds; default 10,000. */
  readonly busyMs?: number;
  /** How large the file may grow, in pages of 4 KiB; a batch beyond that ends as `sink_full`. Absent: as large as the disk allows. */
  readonly maxPages?: number;
}

interface State {
  readonly sync: string;
  readonly epoch: number;
  readonly checkpoint: string | null;
}

/** A database of SQLite: a table for each stream. Rows, marks, faults, fence and checkpoint of a batch are one transaction. */
export class SqliteSink implements Sink {
  readonly #options: SqliteSinkOptions;
  readonly #clock: Clock;

  constructor(options: SqliteSinkOptions, { clock }: { readonly clock: Clock }) {
    this.#options = options;
    this.#clock = clock;
  }

  async open(writer: WriterIdentity): Promise<SinkWriter> {
    const { file, busyMs = 10_000, maxPages } = this.#options;
    const patience = { clock: this.#clock, busyMs };
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      closeSync(openSync(file, "a", 0o600));
      return await whenFree(patience, () => openWriter({ file, writer, maxPages, patience }));
    } catch (reason) {
      throw sqliteFault(reason, file);
    }
  }
}

interface WriterParts {
  readonly file: string;
  readonly writer: WriterIdentity;
  readonly maxPages: number | undefined;
  readonly patience: Patience;
}

function openWriter(parts: WriterParts): SqliteWriter {
  const database = new DatabaseSync(parts.file);
  try {
    if (parts.maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${Math.trunc(parts.maxPages)}`);
    return new SqliteWriter(database, parts);
  } catch (reason) {
    database.close();
    throw reason;
  }
}

class SqliteWriter implements SinkWriter {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #file: string;
  readonly #writer: WriterIdentity;
  readonly #patience: Patience;
  readonly checkpoint: string | null;

  constructor(database: DatabaseSync, { file, writer, patience }: WriterParts) {
    this.#database = database;
    this.#statements = new Statements(database);
    this.#file = file;
    this.#writer = writer;
    this.#patience = patience;
    // A power cut may lose the last commits, but rows and checkpoint together.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY");
    database.exec("BEGIN IMMEDIATE");
    migrate(database, file);
    this.checkpoint = this.#claim();
    database.exec("COMMIT");
  }

  async commit(batch: Batch): Promise<CommitReport> {
    try {
      await whenFree(this.#patience, () => this.#database.exec("BEGIN IMMEDIATE"));
      this.#checkFence();
      const report = await this.#carryOut(batch);
      this.#statements.run("UPDATE sync_state SET checkpoint = ?", batch.checkpoint);
      this.#database.exec("COMMIT");
      return report;
    } catch (reason) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw sqliteFault(reason, this.#file);
    }
  }

  async countLive(table: TableName): Promise<number> {
    try {
      return this.#statements.countLive(table);
    } catch (reason) {
      throw sqliteFault(reason, this.#file);
    }
  }

  async close(): Promise<void> {
    if (!this.#database.isOpen) return;
    try {
      this.#database.exec("PRAGMA optimize");
    } catch {
      // It writes statistics, for which a full disk has no room. What was committed stands without them.
    } finally {
      this.#database.close();
    }
  }

  async #carryOut(batch: Batch): Promise<CommitReport> {
    const faults: RowFault[] = [];
    let written = 0;
    const marked: Partial<Record<TableName, number>> = {};
    for (const change of batch.changes) {
      if (change.kind === "mark")
        marked[change.table] = (marked[change.table] ?? 0) + (await this.#statements.mark(change, batch.generation));
      else if (change.kind === "faults") this.#statements.keepFaults(change.faults, batch);
      else {
        const found = this.#statements.upsert(change.table, change.rows, batch);
        written += change.rows.length - found.length;
        faults.push(...found);
      }
    }
    this.#statements.keepFaults(faults, batch);
    return { written, marked, faults };
  }

  #state(): State | undefined {
    return this.#statements.get("SELECT sync, epoch, checkpoint FROM sync_state") as State | undefined;
  }

  #claim(): string | null {
    const state = this.#state();
    checkIdentity(this.#writer, state, this.#file);
    this.#statements.run(
      "INSERT INTO sync_state (one, sync, epoch) VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET epoch = excluded.epoch",
      this.#writer.sync,
      this.#writer.epoch,
    );
    return state?.checkpoint ?? null;
  }

  #checkFence(): void {
    const epoch = this.#state()?.epoch ?? 0;
    if (epoch !== this.#writer.epoch) throw overtaken(this.#writer, epoch);
  }
}
