import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TableName } from "@longarm/sync";
import { type PostgresServer, noPostgres, startPostgres } from "../../support/sinks/postgres-server.ts";
import { ndjsonPlace } from "../../support/sinks/places.ts";
import type { SinkName } from "../profile.ts";

/** A row with the table's columns by name, and `raw` and `deleted_at` besides. */
export type SinkRecord = Readonly<Record<string, unknown>>;

/** Where an org is copied to: what the controllers are told of it, and a look at what is there. */
export interface SyncPlace {
  /** For each controller's configuration: all of them reach the same place. */
  readonly settings: object;
  rows(table: TableName): AsyncIterable<SinkRecord>;
  /** What the sink could not take as rows. */
  faults(): Promise<number>;
  close(): Promise<void>;
}

/** The sync's name. */
export const syncName = "people";

/** Makes an empty place. Throws where there is no PostgreSQL. */
export async function openPlace(kind: SinkName, directory: string): Promise<SyncPlace> {
  switch (kind) {
    case "sqlite":
      return sqlitePlace(join(directory, "sink"));
    case "ndjson":
      return linesPlace(join(directory, "sink"));
    case "postgres": {
      const server = await startPostgres();
      if (!server) throw new Error(noPostgres);
      return postgresPlace(server);
    }
  }
}

function sqlitePlace(directory: string): SyncPlace {
  const open = (): DatabaseSync => new DatabaseSync(join(directory, `${syncName}.db`), { readOnly: true });
  return {
    settings: { kind: "sqlite", directory },
    async *rows(table) {
      using database = open();
      yield* database.prepare(`SELECT * FROM "${table}"`).iterate();
    },
    faults: async () => {
      using database = open();
      return Number(database.prepare("SELECT count(*) AS n FROM row_faults").get()?.["n"]);
    },
    close: async () => undefined,
  };
}

function postgresPlace(server: PostgresServer): SyncPlace {
  const { host, port, user, database } = server;
  const schema = `longarm_${syncName}`;
  return {
    settings: { kind: "postgres", host, port, user, database },
    async *rows(table) {
      yield* await server.query(`SELECT * FROM ${schema}."${table}"`);
    },
    faults: async () => Number((await server.query(`SELECT count(*) AS n FROM ${schema}.row_faults`))[0]?.["n"]),
    close: () => server.crash(),
  };
}

function linesPlace(directory: string): SyncPlace {
  const place = ndjsonPlace(directory, syncName);
  return {
    settings: { kind: "ndjson", directory },
    async *rows(table) {
      const { tables } = await place.state();
      for (const { values, raw, deletedAt } of Object.values(tables[table] ?? {}))
        yield { ...values, raw: raw === null ? null : JSON.stringify(raw), deleted_at: deletedAt };
    },
    faults: async () => (await place.state()).faults.length,
    close: async () => undefined,
  };
}
