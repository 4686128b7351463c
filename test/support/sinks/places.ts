import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Sink, SqliteSink, tableNames, tables } from "@longarm/sync";
import { withTemporaryDirectory } from "../directories.ts";
import { type SinkState, stateOfTable } from "./state.ts";

/** How a sink is made, so that another process can make it as well. */
export type SinkSpec = { readonly kind: "sqlite"; readonly file: string };

/** A place to write to, and a look at what is there. */
export interface SinkPlace {
  readonly spec: SinkSpec;
  readonly sink: Sink;
  state(): Promise<SinkState>;
}

/** A kind of sink, as the contract suite runs it. */
export interface SinkKind {
  readonly name: string;
  /** Calls `use` with an empty place of its own, which is gone afterwards. */
  readonly withPlace: <T>(use: (place: SinkPlace) => Promise<T>) => Promise<T>;
}

export function makeSink(spec: SinkSpec): Sink {
  return new SqliteSink({ file: spec.file });
}

async function sqliteState(file: string): Promise<SinkState> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = tableNames.map((name) => [name, stateOfTable(tables[name], database.prepare(`SELECT * FROM "${name}"`).all())] as const);
    const faults = database.prepare("SELECT table_name AS 'table', key, problem, item FROM row_faults ORDER BY item").all();
    return { tables: Object.fromEntries(rows), faults: faults.map((fault) => ({ ...fault })) as unknown as SinkState["faults"] };
  } finally {
    database.close();
  }
}

export const sqliteKind: SinkKind = {
  name: "a SQLite sink",
  withPlace: (use) =>
    withTemporaryDirectory((directory) => {
      const spec = { kind: "sqlite", file: join(directory, "org.db") } as const;
      return use({ spec, sink: makeSink(spec), state: () => sqliteState(spec.file) });
    }),
};
