import type { Row, RowFault, Table, TableName, Value } from "../decide/table.ts";
import { tables } from "../decide/tables.ts";
import type { Batch, Change } from "../ports/sink.ts";

/** What is told of a change to whoever folds changes into a state of his own: files and receivers. JSON. */
export type ChangeRecord =
  /** The row with this key is now this one, and is not deleted. */
  | {
      readonly kind: "upsert";
      readonly table: TableName;
      readonly key: readonly string[];
      readonly generation: number;
      readonly at: string;
      readonly row: Readonly<Record<string, unknown>>;
      readonly extra: unknown;
      readonly raw: unknown;
    }
  /** Rows of a generation before this one, all or those whose column has one of the values, are deleted since `deletedAt`, unless they were already. */
  | {
      readonly kind: "mark";
      readonly table: TableName;
      readonly scope: { readonly column: string; readonly values: readonly string[] } | null;
      readonly generation: number;
      readonly deletedAt: string;
      readonly by: "sweep" | "log";
    }
  /** An item that could not be made a row. */
  | ({ readonly kind: "fault"; readonly generation: number; readonly at: string } & RowFault);

type Stamp = Pick<Batch, "generation" | "at">;

function valueOf(table: Table, at: number, value: Value): unknown {
  return table.columns[at]?.type === "json" && typeof value === "string" ? (JSON.parse(value) as unknown) : value;
}

function upsertOf(name: TableName, row: Row, stamp: Stamp): ChangeRecord {
  const table = tables[name];
  const named = table.columns.map((column, at) => [column.name, valueOf(table, at, row.values[at] ?? null)] as const);
  const parse = (text: string | null): unknown => (text === null ? null : (JSON.parse(text) as unknown));
  return {
    ...{ kind: "upsert", table: name, key: row.key, generation: stamp.generation, at: stamp.at },
    ...{ row: Object.fromEntries(named), extra: parse(row.extra), raw: parse(row.raw) },
  };
}

function recordsOf(change: Change, stamp: Stamp): readonly ChangeRecord[] {
  const { generation, at } = stamp;
  switch (change.kind) {
    case "upsert":
      return change.rows.map((row) => upsertOf(change.table, row, stamp));
    case "mark": {
      const { table, scope, at: deletedAt, by } = change;
      return [{ kind: "mark", table, scope, generation, deletedAt, by }];
    }
    case "faults":
      return change.faults.map((fault) => ({ kind: "fault", generation, at, ...fault }));
  }
}

/** The batch as records, in its order. */
export function changeRecords(batch: Batch): readonly ChangeRecord[] {
  return batch.changes.flatMap((change) => recordsOf(change, batch));
}

/** How many rows the batch writes. */
export function rowsWritten({ changes }: Batch): number {
  return changes.reduce((sum, change) => sum + (change.kind === "upsert" ? change.rows.length : 0), 0);
}
