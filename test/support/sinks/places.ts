import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";
import { Secret, systemClock } from "@longarm/shared";
import { createRestExecutor } from "@longarm/shared/rest";
import {
  type ChangeRecord,
  FileCheckpointStore,
  NdjsonSink,
  PostgresSink,
  type Sink,
  SqliteSink,
  tableNames,
  tables,
  WebhookSink,
} from "@longarm/sync";
import { withTemporaryDirectory } from "../directories.ts";
import { foldChanges } from "./folded-changes.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { type SinkState, stateOfTable } from "./state.ts";
import { withWebhookReceiver } from "./webhook-receiver.ts";

/** How a sink is made, so that another process can make it as well. */
export type SinkSpec =
  | { readonly kind: "sqlite"; readonly file: string }
  | { readonly kind: "ndjson"; readonly directory: string }
  | ({ readonly kind: "postgres"; readonly schema: string } & Pick<PostgresServer, "host" | "port" | "user" | "database">)
  | { readonly kind: "webhook"; readonly directory: string; readonly url: string; readonly secret: string };

/** A place to write to, and a look at what is there once no writer has it open. */
export interface SinkPlace {
  readonly spec: SinkSpec;
  readonly sink: Sink;
  state(): Promise<SinkState>;
}

/** A place that can be asked in SQL, with the place's own names. */
export interface SqlPlace extends SinkPlace {
  query(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/** A kind of sink, as the contract suite runs it. */
export interface SinkKind<Place extends SinkPlace = SinkPlace> {
  readonly name: string;
  /** Calls `use` with an empty place of its own, which is gone afterwards. */
  readonly withPlace: <T>(use: (place: Place) => Promise<T>) => Promise<T>;
}

export function makeSink(spec: SinkSpec): Sink {
  // So small that the files of a test are rotated several times.
  if (spec.kind === "ndjson") return new NdjsonSink({ directory: spec.directory, rotateBytes: 4_000 });
  if (spec.kind === "postgres") return new PostgresSink({ ...spec, idleMs: 1_000 }, { clock: systemClock });
  if (spec.kind === "sqlite") return new SqliteSink({ file: spec.file }, { clock: systemClock });
  const deps = {
    executor: createRestExecutor({ clock: systemClock, idleMs: 50 }),
    clock: systemClock,
    checkpoints: new FileCheckpointStore(spec.directory),
  };
  // So small that a batch is told in several messages.
  return new WebhookSink({ url: spec.url, secret: new Secret(spec.secret), maxBytes: 4_000 }, deps);
}

function inFile<T>(file: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return use(database);
  } finally {
    database.close();
  }
}

function sqliteState(database: DatabaseSync): SinkState {
  const rows = tableNames.map((name) => [name, stateOfTable(tables[name], database.prepare(`SELECT * FROM "${name}"`).all())] as const);
  const faults = database.prepare("SELECT table_name AS 'table', key, problem, item FROM row_faults ORDER BY item").all();
  return { tables: Object.fromEntries(rows), faults: faults.map((fault) => ({ ...fault })) as unknown as SinkState["faults"] };
}

/** The changes that the finished files hold, each table's in order. */
export function readNdjson(directory: string): readonly ChangeRecord[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(".ndjson.gz"));
  const texts = files.toSorted().map((name) => gunzipSync(readFileSync(join(directory, name))).toString("utf8"));
  return texts.flatMap((text) => text.trimEnd().split("\n")).map((line) => JSON.parse(line) as ChangeRecord);
}

/** A file in this directory. */
export function sqlitePlace(directory: string): SqlPlace {
  const spec = { kind: "sqlite", file: join(directory, "org.db") } as const;
  const ask = (database: DatabaseSync, text: string) => database.prepare(text).all();
  const query = async (text: string) => inFile(spec.file, (database) => ask(database, text).map((row) => ({ ...row })));
  return { spec, sink: makeSink(spec), state: async () => inFile(spec.file, sqliteState), query };
}

/** Files in this directory, of a sync of that name. */
export function ndjsonPlace(directory: string, sync = "org"): SinkPlace {
  const spec = { kind: "ndjson", directory: join(directory, sync) } as const;
  return { spec, sink: makeSink(spec), state: async () => foldChanges(readNdjson(spec.directory)) };
}

export const sqliteKind: SinkKind<SqlPlace> = {
  name: "a SQLite sink",
  withPlace: (use) => withTemporaryDirectory((directory) => use(sqlitePlace(directory))),
};

export const ndjsonKind: SinkKind = {
  name: "an NDJSON sink",
  withPlace: (use) => withTemporaryDirectory((directory) => use(ndjsonPlace(directory))),
};

export const webhookKind: SinkKind = {
  name: "a webhook sink",
  withPlace: (use) =>
    withTemporaryDirectory((directory) =>
      withWebhookReceiver(({ url, secret, changes }) => {
        const spec = { kind: "webhook", directory, url, secret } as const;
        return use({ spec, sink: makeSink(spec), state: async () => foldChanges(changes) });
      }),
    ),
};

async function postgresState(server: PostgresServer, schema: string): Promise<SinkState> {
  const rows = tableNames.map(
    async (name) => [name, stateOfTable(tables[name], await server.query(`SELECT * FROM ${schema}."${name}"`))] as const,
  );
  const faults = await server.query(`SELECT table_name AS "table", key, problem, item FROM ${schema}.row_faults ORDER BY item`);
  return { tables: Object.fromEntries(await Promise.all(rows)), faults: faults as unknown as SinkState["faults"] };
}

let schemas = 0;

/** Each place is a schema of its own in the server's database. */
export function postgresKind(server: PostgresServer): SinkKind<SqlPlace> {
  return {
    name: "a PostgreSQL sink",
    withPlace: (use) => {
      const { host, port, user, database } = server;
      const schema = `org_${(schemas += 1)}`;
      const spec = { kind: "postgres", host, port, user, database, schema } as const;
      const query = (text: string) => server.query(text, schema);
      return use({ spec, sink: makeSink(spec), state: () => postgresState(server, schema), query });
    },
  };
}
