import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ControllerId, Lane, RunId, RunOrigin, RunStatus } from "@longarm/shared";
import { writeRunCursor } from "../ports/run-cursor.ts";
import type { RunRows } from "../ports/live.ts";
import type { UnfinishedRuns } from "../ports/metrics.ts";
import type { RunChange, RunFilter, RunHistory, RunListPage, RunRow, UnfinishedPage } from "../ports/run-history.ts";
import type { FinishedRun, SweepList } from "../ports/sweep-list.ts";
import { mergeChanges } from "./merge-changes.ts";
import { openHistoryFile, type LogIdentity } from "./history-file.ts";
import { listQuery, selectRuns } from "./run-query.ts";
import { RunWrites } from "./run-writes.ts";

type StoredRow = Record<string, unknown>;

function toRow(row: StoredRow): RunRow {
  return {
    id: row["id"] as RunId,
    action: row["action"] as string,
    connection: row["connection"] as string | null,
    lane: row["lane"] as Lane,
    status: row["status"] as RunStatus,
    principal: row["principal"] as string,
    owner: row["owner"] as ControllerId | null,
    epoch: row["epoch"] as number,
    agents: JSON.parse(row["agents"] as string) as string[],
    errorCode: row["errorCode"] as string | null,
    waitingFor: row["waitingFor"] as string | null,
    callCount: row["callCount"] as number,
    submittedAt: row["submittedAt"] as number,
    startedAt: row["startedAt"] as number | null,
    endedAt: row["endedAt"] as number | null,
    startBy: row["startBy"] as number | null,
    origin: toOrigin(row),
  };
}

function toOrigin(row: StoredRow): RunRow["origin"] {
  const [kind, name, slotMs] = [row["originKind"] as RunOrigin["kind"] | null, row["originName"] as string, row["slotMs"] as number | null];
  return kind === null ? null : { kind, name, ...(slotMs !== null && { slotMs }) };
}

const unfinishedOnes = `WHERE owner = ? AND (status = 'waiting') = ? AND open = 1 AND (runs.submittedAt, runs.id) > (?, ?)
  ORDER BY runs.submittedAt, runs.id LIMIT ?`;

// Filters combine in more ways than are worth keeping prepared; the common ones come back again and again.
const mostQueries = 200;

/** The projection of the run log in a SQLite file. */
export class SqliteRunHistory implements RunHistory, SweepList, UnfinishedRuns, RunRows {
  readonly #database: DatabaseSync;
  readonly #writes: RunWrites;
  readonly #moveTo: StatementSync;
  readonly #unfinished: StatementSync;
  readonly #owners: StatementSync;
  readonly #overdue: StatementSync;
  readonly #queries = new Map<string, StatementSync>();
  #at: { readonly sequence: number; readonly timeMs: number };
  /** Was the file absent or unusable, so that the history begins empty? */
  readonly isNew: boolean;

  /** Opens `file`, or makes it anew when it is not a history of this log. */
  constructor(file: string, log: LogIdentity) {
    const { database, isNew } = openHistoryFile(file, log);
    this.#database = database;
    this.isNew = isNew;
    this.#writes = new RunWrites(database);
    this.#moveTo = database.prepare("UPDATE position SET sequence = ?, timeMs = ?");
    this.#unfinished = database.prepare(selectRuns(unfinishedOnes));
    this.#owners = database.prepare("SELECT DISTINCT owner FROM runs WHERE open = 1 AND owner IS NOT NULL ORDER BY owner");
    this.#overdue = database.prepare(
      "SELECT id FROM runs WHERE status = 'queued' AND startBy IS NOT NULL AND startBy <= ? ORDER BY startBy LIMIT ?",
    );
    const at = database.prepare("SELECT sequence, timeMs FROM position").get();
    this.#at = { sequence: Number(at?.["sequence"]), timeMs: Number(at?.["timeMs"]) };
  }

  apply(changes: readonly RunChange[], at: { readonly sequence: number; readonly timeMs: number }): void {
    if (at.sequence <= this.#at.sequence) return;
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const change of mergeChanges(changes)) this.#writes.write(change);
      this.#moveTo.run(at.sequence, at.timeMs);
      this.#database.exec("COMMIT");
    } catch (reason) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw reason;
    }
    this.#at = { sequence: at.sequence, timeMs: at.timeMs };
  }

  position(): number {
    return this.#at.sequence;
  }

  list(filter: RunFilter, page: { readonly limit: number; readonly cursor?: string }): RunListPage {
    const { sql, parameters } = listQuery(filter, { ...page, limit: page.limit + 1 });
    const found = this.#query(sql)
      .all(...parameters)
      .map(toRow);
    const rows = found.slice(0, page.limit);
    const last = rows.at(-1);
    return { rows, nextCursor: last && found.length > rows.length ? writeRunCursor(last) : null, asOf: this.#at.timeMs };
  }

  unfinished(owner: ControllerId, { isWaiting, after, limit = -1 }: UnfinishedPage = {}): readonly RunRow[] {
    const { submittedAt, id } = after ?? { submittedAt: -1, id: "" };
    const kinds = isWaiting === undefined ? [false, true] : [isWaiting];
    const rows = kinds.flatMap((kind) => this.#unfinished.all(owner, Number(kind), submittedAt, id, limit).map(toRow));
    return kinds.length === 1 ? rows : rows.toSorted((a, b) => a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : 1));
  }

  owners(): readonly ControllerId[] {
    return this.#owners.all().map((row) => row["owner"] as ControllerId);
  }

  overdue(nowMs: number, limit: number): readonly RunId[] {
    return this.#overdue.all(nowMs, limit).map((row) => row["id"] as RunId);
  }

  find(ids: readonly RunId[]): readonly RunRow[] {
    const one = this.#query(selectRuns("WHERE runs.id = ?"));
    return ids.flatMap((id) => {
      const row = one.get(id);
      return row ? toRow(row) : [];
    });
  }

  countUnfinished(): ReturnType<UnfinishedRuns["countUnfinished"]> {
    const rows = this.#query("SELECT status, lane, count(*) AS count FROM runs WHERE open = 1 GROUP BY status, lane").all();
    return rows.map((row) => ({ status: row["status"] as RunStatus, lane: row["lane"] as Lane, count: row["count"] as number }));
  }

  finished(before: number, { limit, after }: Parameters<SweepList["finished"]>[1]): readonly FinishedRun[] {
    const sql = "SELECT id, endedAt FROM runs WHERE open = 0 AND endedAt < ? AND (endedAt, id) > (?, ?) ORDER BY endedAt, id LIMIT ?";
    const rows = this.#query(sql).all(before, after?.endedAt ?? 0, after?.id ?? "", limit);
    return rows.map((row) => ({ id: row["id"] as RunId, endedAt: row["endedAt"] as number }));
  }

  removed(limit: number): readonly RunId[] {
    return this.#query("SELECT run FROM removals ORDER BY run LIMIT ?")
      .all(limit)
      .map((row) => row["run"] as RunId);
  }

  settle(run: RunId): void {
    for (const table of ["carriers", "removals"]) this.#query(`DELETE FROM ${table} WHERE run = ?`).run(run);
    this.#query("DELETE FROM runs WHERE id = ?").run(run);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #query(sql: string): StatementSync {
    const prepared = this.#queries.get(sql) ?? this.#database.prepare(sql);
    if (this.#queries.size >= mostQueries) this.#queries.clear();
    this.#queries.set(sql, prepared);
    return prepared;
  }
}
