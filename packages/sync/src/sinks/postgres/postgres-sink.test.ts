import assert from "node:assert/strict";
import { Secret, systemClock } from "@longarm/shared";
import { withCuttingProxy } from "../../../../../test/support/cutting-proxy.ts";
import { type PostgresServer, noPostgres, startPostgres } from "../../../../../test/support/sinks/postgres-server.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { tables } from "../../decide/tables.ts";
import { rowMapper } from "../../decide/to-row.ts";
import type { Batch, SinkWriter } from "../../ports/sink.ts";
import type { PostgresOptions } from "./connection.ts";
import { PostgresSink } from "./postgres-sink.ts";

const test = suite("a PostgreSQL schema of a sync");
const at = "2026-05-01T00:00:00.000Z";
const mapUser = rowMapper(tables.users);
const noPauses = { ...systemClock, sleep: async () => undefined };

function batchOf(checkpoint: string, ...items: readonly unknown[]): Batch {
  const rows = items.map((item) => mapUser(item, null)).flatMap((mapped) => (mapped.kind === "row" ? [mapped.row] : []));
  return { changes: [{ kind: "upsert", table: "users", rows }], generation: 1, at, checkpoint };
}

let schemas = 0;

/** A schema that no other test uses. */
class Place {
  readonly schema = `one_${(schemas += 1)}`;
  readonly #server: PostgresServer;

  constructor(server: PostgresServer) {
    this.#server = server;
  }

  open(epoch = 1, options: Partial<PostgresOptions> = {}, clock = noPauses): Promise<SinkWriter> {
    const { host, port, user, database } = this.#server;
    return new PostgresSink({ host, port, user, database, schema: this.schema, ...options }, { clock }).open({ sync: "acme", epoch });
  }

  async commit(batch: Batch): Promise<void> {
    const writer = await this.open();
    await writer.commit(batch);
    await writer.close();
  }

  query(text: string): Promise<readonly Record<string, unknown>[]> {
    return this.#server.query(text, this.schema);
  }
}

const cases: Readonly<Record<string, (place: Place, server: PostgresServer) => Promise<void>>> = {
  "sets aside a row that the database cannot take, writes the others, and takes nothing for deleted": async (place) => {
    const good = Array.from({ length: 20 }, (_, n) => ({ id: `00u${String(n).padStart(2, "0")}` }));
    const bad = { id: "00u07", profile: { title: "a\0b" } };
    const writer = await place.open();
    await writer.commit(batchOf("1", ...good));
    const changes = batchOf("2", ...good.with(7, bad)).changes;
    const sweep = { kind: "mark", table: "users", scope: null, at, by: "sweep" } as const;
    const report = await writer.commit({ changes: [...changes, sweep], generation: 2, at, checkpoint: "2" });
    assert.deepEqual([report.written, report.marked, report.faults.map(({ key }) => key)], [19, { users: 0 }, ["00u07"]]);
    assert.match(report.faults[0]?.problem ?? "", /^cannot be stored: .*\(22\w{3}\)$/);
    const [fault] = await place.query("SELECT key, item FROM row_faults");
    assert.deepEqual([fault?.["key"], JSON.parse(fault?.["item"] as string)], ["00u07", bad]);
    await writer.close();
  },

  "sets aside a row of which an index takes no more": async (place) => {
    const writer = await place.open();
    const login = Array.from({ length: 9_000 }, () => Math.random().toString(36).slice(2)).join("");
    const report = await writer.commit(batchOf("1", { id: "00u1" }, { id: "00u2", profile: { login } }, { id: "00u3" }));
    assert.deepEqual([report.written, report.faults.map(({ key }) => key)], [2, ["00u2"]]);
    await writer.close();
  },

  "goes on over a new connection when the old one is cut": async (place) => {
    const writer = await place.open();
    await writer.commit(batchOf("1", { id: "00u1" }));
    await place.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'longarm'");
    await writer.commit(batchOf("2", { id: "00u2" }));
    await writer.close();
    assert.deepEqual(await place.query("SELECT id FROM users ORDER BY id"), [{ id: "00u1" }, { id: "00u2" }]);
  },

  "says that a server is away for now, and goes on when it is back": async (place, server) => {
    const writer = await place.open();
    await writer.commit(batchOf("1", { id: "00u1" }));
    await server.crash();
    try {
      await assert.rejects(writer.commit(batchOf("2", { id: "00u2" })), { code: "sink_unavailable", retryable: true });
    } finally {
      await server.start();
    }
    await writer.commit(batchOf("2", { id: "00u2" }));
    await writer.close();
    const next = await place.open(2);
    assert.equal(next.checkpoint, "2");
    await next.close();
  },

  "waits no longer for a server that says nothing than for one that is away": async (place, server) => {
    await withCuttingProxy(server.port, async (line) => {
      const writer = await place.open(1, { port: line.port, statementMs: 300, connectMs: 300 });
      line.loseAnswers();
      await assert.rejects(writer.commit(batchOf("1", { id: "00u1" })), { code: "sink_unavailable", retryable: true });
      line.cut();
      await writer.commit(batchOf("2", { id: "00u2" }));
      await writer.close();
      const next = await place.open(2);
      assert.equal(next.checkpoint, "2");
      await next.close();
    });
  },

  "gets the columns that it lacks, filled from the items that were kept": async (place) => {
    const item = { id: "00u1", profile: { title: "Countess", login: 7 }, created: at };
    await place.commit(batchOf("1", item, { id: "00u2", created: "yesterday" }));
    await place.query("DROP VIEW memberships, last_login, app_access");
    await place.query("ALTER TABLE users DROP COLUMN title, DROP COLUMN login, DROP COLUMN created");
    await place.query("UPDATE sync_state SET form = 'that of an older version'");
    await (await place.open()).close();
    const rows = await place.query("SELECT title, login, created FROM users ORDER BY id");
    assert.deepEqual(rows, [
      { title: "Countess", login: null, created: new Date(at) },
      { title: null, login: null, created: null },
    ]);
  },

  "is left alone when a newer version made it, or something else stands there": async (place) => {
    await place.commit(batchOf("1", { id: "00u1" }));
    await place.query("UPDATE sync_state SET version = 99");
    await assert.rejects(place.open(2), { code: "invalid_state", message: /newer version of Longarm \(form 99\)/ });
    await place.query("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.users (mine text)");
    await assert.rejects(place.open(1, { schema: "elsewhere" }), { code: "conflict", message: /holds something else than a sync/ });
  },

  "can be made by its administrator, for a user who may make none": async (place) => {
    await place.query(`CREATE ROLE small LOGIN; REVOKE CREATE ON DATABASE postgres FROM PUBLIC`);
    await assert.rejects(place.open(1, { user: "small" }), { code: "sink_rejected", message: /permission denied/ });
    await place.query(`CREATE SCHEMA ${place.schema} AUTHORIZATION small`);
    await (await place.open(1, { user: "small" })).close();
  },

  "says which database does not exist or does not let us in": async (place) => {
    await assert.rejects(place.open(1, { database: "nowhere" }), {
      code: "sink_rejected",
      message: /^The database nowhere at 127\.0\.0\.1:\d+ refuses/,
    });
    await assert.rejects(
      place.open(1, { user: "nobody", password: new Secret("canary") }),
      ({ message }: Error) => !message.includes("canary"),
    );
  },

  "is written to without TLS on this machine alone, unless that is asked for": async (place) => {
    await assert.rejects(place.open(1, { host: "127.0.0.2" }), { message: /does not support SSL/ });
    await (await place.open(1, { host: "127.0.0.2", plainText: true })).close();
  },

  "has a name that needs no quotes": async (place) => {
    for (const schema of ["", "Upper", "a-b", "pg_own", 'x"; DROP SCHEMA public', "x".repeat(64)])
      await assert.rejects(async () => place.open(1, { schema }), { code: "invalid_configuration" });
  },
};

const server = await startPostgres();
if (!server) test.skip("is as its tests say", noPostgres);
else for (const [title, check] of Object.entries(cases)) test(title, () => check(new Place(server), server), { timeoutMs: 30_000 });

test.run();
