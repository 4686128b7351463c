import { blinded, type Checkpoint, fieldsSeen } from "../decide/checkpoint.ts";
import { type ChildSource, sources, type StreamName, turned } from "../decide/streams.ts";
import type { Row, RowFault, TableName } from "../decide/table.ts";
import { tables } from "../decide/tables.ts";
import { type Mapped, rowMapper } from "../decide/to-row.ts";
import type { Change } from "../ports/sink.ts";

/** What a page's items become: changes to commit, and what the checkpoint notes of them. */
export interface Made {
  readonly changes: readonly Change[];
  readonly note: (checkpoint: Checkpoint) => Checkpoint;
}

/** Makes rows of the items of every stream. */
export class RowMaker {
  readonly #mappers = new Map<TableName, (item: unknown, parent: string | null) => Mapped>();

  /** The rows of a page but those of what is gone; what is no row is a fault, and the others go on. */
  make(stream: StreamName, items: readonly unknown[], gone: ReadonlySet<string>): Made {
    const { table } = sources[stream];
    const mapped = items.map((item) => this.#mapperOf(table)(item, null));
    return made(table, mapped, gone);
  }

  /** The rows of a page that was listed under an object. */
  makeUnder(
    child: ChildSource,
    listed: readonly unknown[],
    { object, gone }: { readonly object: string; readonly gone: ReadonlySet<string> },
  ): Made {
    const { table } = sources[child.stream];
    const mapped = listed.map((each) => {
      const { item, parent } = turned(child, each, object);
      return this.#mapperOf(table)(item, parent);
    });
    return made(table, mapped, gone);
  }

  #mapperOf(table: TableName): (item: unknown, parent: string | null) => Mapped {
    const known = this.#mappers.get(table);
    if (known) return known;
    const mapper = rowMapper(tables[table]);
    this.#mappers.set(table, mapper);
    return mapper;
  }
}

function made(table: TableName, mapped: readonly Mapped[], gone: ReadonlySet<string>): Made {
  const rows: Row[] = [];
  const faults: RowFault[] = [];
  const fields = new Set<string>();
  for (const each of mapped) {
    if (each.kind === "fault") faults.push(each.fault);
    else if (!each.row.key.some((part) => gone.has(part))) {
      rows.push(each.row);
      for (const field of each.uncovered) fields.add(field);
    }
  }
  return {
    changes: [
      ...(rows.length > 0 ? [{ kind: "upsert", table, rows } as const] : []),
      ...(faults.length > 0 ? [{ kind: "faults", faults } as const] : []),
    ],
    note: (checkpoint) => blinded(fieldsSeen(checkpoint, table, fields), faults.length > 0 ? [table] : []),
  };
}
