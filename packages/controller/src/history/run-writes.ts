import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { isFinished, type RunId } from "@longarm/shared";
import type { RunChange } from "../ports/run-history.ts";

const columns = ["action", "connection", "lane", "status", "principal", "owner", "epoch", "errorCode", "endedAt", "startBy"] as const;
type Column = (typeof columns)[number];

const insert = `
  INSERT INTO runs (id, action, connection, lane, status, open, principal, owner, epoch, errorCode, callCount, submittedAt, startedAt, endedAt, startBy, waitingFor, originKind, originName, slotMs)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;

/** Writes changes with statements that are prepared once; which columns a change sets depends on its kind, and there are few. */
export class RunWrites {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #addAgent: StatementSync;
  readonly #removals: readonly StatementSync[];
  readonly #updates = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(insert);
    this.#addAgent = database.prepare(
      "INSERT INTO carriers (run, agent, submittedAt) SELECT id, ?, submittedAt FROM runs WHERE id = ? ON CONFLICT DO NOTHING",
    );
    this.#removals = [
      "DELETE FROM carriers WHERE run = ?",
      "DELETE FROM runs WHERE id = ?",
      "INSERT INTO removals (run) VALUES (?) ON CONFLICT DO NOTHING",
    ].map((sql) => database.prepare(sql));
  }

  /** One change; the caller holds the transaction. */
  write(change: RunChange): void {
    if (change.removed) return this.#remove(change.id);
    const isKnown = change.submittedAt === undefined || !this.#submit(change, change.submittedAt);
    if (isKnown) this.#update(change);
    else if (change.calls !== undefined) this.#update({ id: change.id, calls: change.calls });
    if (change.agent !== undefined) this.#addAgent.run(change.agent, change.id);
  }

  #remove(run: RunId): void {
    for (const statement of this.#removals) statement.run(run);
  }

  #submit(change: RunChange, submittedAt: number): boolean {
    const { id, action = "", connection = null, lane = "standard", status = "queued", principal = "" } = change;
    const {
      owner = null,
      epoch = 0,
      errorCode = null,
      startedAt = null,
      endedAt = null,
      startBy = null,
      waitingFor = null,
      origin = null,
    } = change;
    const open = isFinished(status) ? 0 : 1;
    const result = this.#insert.run(
      id,
      action,
      connection,
      lane,
      status,
      open,
      principal,
      owner,
      epoch,
      errorCode,
      submittedAt,
      startedAt,
      endedAt,
      startBy,
      waitingFor,
      origin?.kind ?? null,
      origin?.name ?? null,
      origin?.slotMs ?? null,
    );
    return result.changes === 1;
  }

  #update(change: RunChange): void {
    const assignments: string[] = [];
    const values: SQLInputValue[] = [];
    const set = (assignment: string, value: SQLInputValue): void => void (assignments.push(assignment), values.push(value));
    for (const column of columns) {
      const value = change[column satisfies Column];
      if (value !== undefined) set(`${column} = ?`, value);
    }
    if (change.startedAt === null) assignments.push("startedAt = CASE WHEN callCount > 0 THEN startedAt END");
    else if (change.startedAt !== undefined) set("startedAt = coalesce(startedAt, ?)", change.startedAt);
    if (change.status !== undefined) {
      set("open = ?", isFinished(change.status) ? 0 : 1);
      set("waitingFor = ?", change.waitingFor ?? null);
    }
    if (change.calls !== undefined) set("callCount = callCount + ?", change.calls);
    if (assignments.length > 0) this.#statement(assignments.join(", ")).run(...values, change.id);
  }

  #statement(assignments: string): StatementSync {
    const found = this.#updates.get(assignments) ?? this.#database.prepare(`UPDATE runs SET ${assignments} WHERE id = ?`);
    this.#updates.set(assignments, found);
    return found;
  }
}
