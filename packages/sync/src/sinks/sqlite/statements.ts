import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Row, RowFault, Table, TableName } from "../../decide/table.ts";
import { tables } from "../../decide/tables.ts";
import type { Batch, Change } from "../../ports/sink.ts";
import { checkMarked } from "../marked.ts";
import { keptColumns, listed, liveText, quoted } from "../stored-table.ts";
import { rowProblem } from "./sqlite-fault.ts";

/** How many rows are looked at before others may have their turn: a mark over a large table takes seconds. */
const rowsAtOnce = 5_000;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Stamp = Pick<Batch, "generation" | "at">;

function upsertText({ name, key, columns }: Table): string {
  const all = [...columns.map((column) => column.name), ...keptColumns];
  const changed = all.filter((column) => !key.includes(column)).map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
  const places = all.map(() => "?").join(", ");
  return `INSERT INTO ${quoted(name)} (${listed(all)}) VALUES (${places}) ON CONFLICT DO UPDATE SET ${changed.join(", ")}`;
}

/** The statements that a sink's batches are carried out with, each prepared once. All run inside the caller's transaction. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Writes rows; tells those that the database cannot take. Whatever stood under the key of such a row counts as seen. */
  upsert(name: TableName, rows: readonly Row[], { generation, at }: Stamp): readonly RowFault[] {
    const table = tables[name];
    const statement = this.#prepare(upsertText(table));
    const faults: RowFault[] = [];
    for (const row of rows) {
      const values = row.values.map((value) => (typeof value === "boolean" ? Number(value) : value));
      try {
        statement.run(...values, row.extra, row.raw, generation, at, null, null);
      } catch (reason) {
        const problem = rowProblem(reason);
        if (problem === undefined) throw reason;
        faults.push({ table: name, key: row.key.join(" "), problem, item: row.raw ?? JSON.stringify(row.values) });
        this.#see(table, row, generation);
      }
    }
    return faults;
  }

  keepFaults(faults: readonly RowFault[], { generation, at }: Stamp): void {
    const statement = this.#prepare(
      `INSERT INTO row_faults (table_name, key, problem, item, generation, synced_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET problem = excluded.problem, generation = excluded.generation, synced_at = excluded.synced_at`,
    );
    for (const { table, key, problem, item } of faults) statement.run(table, key, problem, item, generation, at);
  }

  countLive(table: TableName): number {
    return Number(this.get(liveText(table))?.["live"]);
  }

  /** Marks rows as deleted and tells how many. */
  async mark(change: Extract<Change, { kind: "mark" }>, generation: number): Promise<number> {
    const { table, scope, at, by } = change;
    const update = `UPDATE ${quoted(table)} SET deleted_at = ?, deleted_by = ? WHERE deleted_at IS NULL AND generation < ?`;
    if (scope) {
      const scoped = this.#prepare(`${update} AND ${quoted(scope.column)} IN (SELECT value FROM json_each(?))`);
      const marked = Number(scoped.run(at, by, generation, JSON.stringify(scope.values)).changes);
      checkMarked(change, marked);
      return marked;
    }
    const ranged = this.#prepare(`${update} AND rowid > ? AND rowid <= ?`);
    const { last } = this.#prepare(`SELECT coalesce(max(rowid), 0) AS last FROM ${quoted(table)}`).get() as { last: number };
    let marked = 0;
    for (let from = 0; from < last; from += rowsAtOnce) {
      marked += Number(ranged.run(at, by, generation, from, from + rowsAtOnce).changes);
      checkMarked(change, marked);
      await nextTurn();
    }
    return marked;
  }

  run(text: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#prepare(text).run(...values).changes);
  }

  get(text: string): Readonly<Record<string, unknown>> | undefined {
    return this.#prepare(text).get();
  }

  #see({ name, key }: Table, row: Row, generation: number): void {
    const where = key.map((column) => `${quoted(column)} = ?`).join(" AND ");
    this.#prepare(`UPDATE ${quoted(name)} SET generation = ? WHERE ${where}`).run(generation, ...row.key);
  }

  #prepare(text: string): StatementSync {
    const known = this.#prepared.get(text);
    if (known) return known;
    const statement = this.#database.prepare(text);
    this.#prepared.set(text, statement);
    return statement;
  }
}
