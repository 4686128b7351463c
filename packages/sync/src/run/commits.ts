import { type Checkpoint, counted, readCheckpoint, type TableCounts } from "../decide/checkpoint.ts";
import type { TableName } from "../decide/table.ts";
import type { Change, CommitReport, SinkWriter } from "../ports/sink.ts";

/** What follows from a checkpoint and a batch that is stored with it. */
export type Advance = (checkpoint: Checkpoint) => Checkpoint;

/** The one way to the sink: batches in the order in which they are handed in, each with the checkpoint behind it. */
export class Commits {
  readonly #writer: SinkWriter;
  readonly #onCommit: (checkpoint: Checkpoint) => void;
  #checkpoint: Checkpoint;
  #tail: Promise<void> = Promise.resolve();

  /** `onCommit` is told each checkpoint once it stands. */
  constructor(writer: SinkWriter, onCommit: (checkpoint: Checkpoint) => void) {
    this.#writer = writer;
    this.#onCommit = onCommit;
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

  async #commit(changes: readonly Change[], advance: Advance): Promise<void> {
    const next = advance(this.#checkpoint);
    const startedMs = (next.run ?? this.#checkpoint.run)?.startedMs ?? 0;
    const report = await this.#writer.commit({
      changes,
      generation: next.generation,
      at: new Date(startedMs).toISOString(),
      checkpoint: JSON.stringify(next),
    });
    this.#checkpoint = next.run ? withCounts(next, changes, report) : next;
    this.#onCommit(this.#checkpoint);
  }
}

function withCounts(checkpoint: Checkpoint, changes: readonly Change[], { marked, faults }: CommitReport): Checkpoint {
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
  return [...counts].reduce((at, [table, more]) => counted(at, table, more), checkpoint);
}
