import { type ChangeRecord, tableNames, tables } from "@longarm/sync";
import { type SinkState, stateOfTable } from "./state.ts";

type Kept = Record<string, unknown>;

/** What whoever reads changes in their order ends with: the same rows that a database would hold. */
export function foldChanges(changes: Iterable<ChangeRecord>): SinkState {
  const rows = new Map(tableNames.map((name) => [name, new Map<string, Kept>()]));
  const faults = new Map<string, SinkState["faults"][number]>();
  for (const change of changes) {
    if (change.kind === "fault") {
      const { table, key, problem, item } = change;
      faults.set(`${table} ${item}`, { table, key, problem, item });
    } else if (change.kind === "upsert") rows.get(change.table)?.set(change.key.join(" "), rowOf(change));
    else mark(rows.get(change.table)?.values() ?? [], change);
  }
  const found = [...rows].map(([name, kept]) => [name, stateOfTable(tables[name], [...kept.values()])] as const);
  return { tables: Object.fromEntries(found), faults: [...faults.values()].toSorted((a, b) => (a.item < b.item ? -1 : 1)) };
}

function rowOf({ row, extra, raw, generation, at }: Extract<ChangeRecord, { kind: "upsert" }>): Kept {
  return { ...row, extra, raw, generation, synced_at: at, deleted_at: null, deleted_by: null };
}

function mark(rows: Iterable<Kept>, { scope, generation, deletedAt, by }: Extract<ChangeRecord, { kind: "mark" }>): void {
  for (const row of rows) {
    const isMeant = scope === null || scope.values.includes(row[scope.column] as string);
    if (!isMeant || row["deleted_at"] !== null || Number(row["generation"]) >= generation) continue;
    row["deleted_at"] = deletedAt;
    row["deleted_by"] = by;
  }
}
