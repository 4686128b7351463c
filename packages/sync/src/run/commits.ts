import { LongarmError } from "@longarm/shared";
import { type Checkpoint, counted, readCheckpoint, type RowCounts, type TableCounts } from "../decide/checkpoint.ts";
import { listedOf, swept } from "../decide/listed-rows.ts";
import { type MostDeleted, roomFor, tooMany } from "../decide/deletions.ts";
import type { TableName } from "../decide/table.ts";
import type { Change, CommitReport, SinkWriter } from "../ports/sink.ts";

/** What follows from a checkpoint and a batch that is stored with it. */
export type Advance = (checkpoint: Checkpoint) => Checkpoint;

interface CommitOptions {
  /** Is told each checkpoint once it stands. */
  readonly onCommit: (checkpoint: Checkpoint) => void;
  /** How much the sweeps of a run may mark. */
  readonly mostDeleted: MostDeleted;
}

/** The one way to the sink: batches in the order in which they are handed in, each with the checkpoint behind it. */
export class Commits {
  readonly #writer: SinkWriter;
  readonly #options: CommitOptions;
  #checkpoint: Checkpoint;
  #tail: Promise<void> = Promise.resolve();

  constructor(writer: SinkWriter, options: CommitOptions) {
    this.#writer = writer;
    this.#options = options;
    this.#checkpoint = readCheckpoint(writer.checkpoint);
  }

  /** As last committed, with the counts of that commit, which only the next one stores. */
  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  /** Commits behind all that was handed in before. After a failure everything that follows fails with the same. */
  commit(changes: readonly Change[], advance: Advance): Promise<void> {
    const committed = this.#tail.then(async () => this.#commit(changes, advance));
    this.#tail = committed;
    // Whoever handed it in sees the failure.
    committed.catch(() => undefined);
    return committed;
  }

  /** Goes on behind a failure that was the batch's own, and not the sink's. */
  recover(advance: Advance): Promise<void> {
    this.#tail = Promise.resolve();
    return this.commit([], advance);
  }

  /** How many rows of these tables are live now, as far as the sink counts them. Not while anything is being committed. */
  async countLive(tables: readonly TableName[]): Promise<RowCounts> {
    const counts: Partial<Record<TableName, number>> = {};
    for (const table of new Set(tables)) {
      const live = await this.#writer.countLive(table);
      if (live !== null) counts[table] = live;
    }
    return counts;
  }

  async #commit(changes: readonly Change[], advance: Advance): Promise<void> {
    const next = advance(this.#checkpoint);
    const startedMs = (next.run ?? this.#checkpoint.run)?.startedMs ?? 0;
    const batch = {
      changes: changes.map((change) => this.#bounded(change)),
      ...{ generation: next.generation, at: new Date(startedMs).toISOString(), checkpoint: JSON.stringify(next) },
    };
    const report = await this.#writer.commit(batch).catch((reason: unknown) => {
      const { code, details } = LongarmError.from(reason);
      throw code === "too_many_deletions" ? tooMany(details["table"] as TableName, this.#judged) : reason;
    });
    this.#checkpoint = next.run ? withCounts(next, changes, { ...report, before: this.#checkpoint }) : next;
    this.#options.onCommit(this.#checkpoint);
  }

  get #judged() {
    return { checkpoint: this.#checkpoint, most: this.#options.mostDeleted };
  }

  #bounded(change: Change): Change {
    if (change.kind !== "mark" || change.by !== "sweep") return change;
    const most = roomFor({ table: change.table, isWhole: change.scope === null }, this.#judged);
    return most === null ? change : { ...change, most };
  }
}

/** `before` still has the step that a sweep ends. */
function withCounts(
  checkpoint: Checkpoint,
  changes: readonly Change[],
  { marked, faults, before }: CommitReport & { readonly before: Checkpoint },
): Checkpoint {
  const counts = new Map<TableName, TableCounts>();
  const add = (table: TableName, more: Partial<TableCounts>): void => {
    const known = counts.get(table) ?? { written: 0, marked: 0, faults: 0 };
    const sum = (name: keyof TableCounts): number => known[name] + (more[name] ?? 0);
    counts.set(table, { written: sum("written"), marked: sum("marked"), faults: sum("faults") });
  };
  for (const change of changes) {
    if (change.kind === "upsert") add(change.table, { written: change.rows.length });
    else if (change.kind === "faults") for (const { table } of change.faults) add(table, { faults: 1 });
  }
  for (const { table } of faults) add(table, { written: -1, faults: 1 });
  for (const [table, n] of Object.entries(marked ?? {})) add(table as TableName, { marked: n });
  const noted = [...counts].reduce((at, [table, more]) => counted(at, table, more), checkpoint);
  return changes.reduce((at, change) => {
    if (change.kind !== "mark" || change.by !== "sweep") return at;
    const { table, scope } = change;
    return swept(at, { table, scope, listed: scope === null ? listedOf(before, table) : 0 }, marked);
  }, noted);
}
