import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { systemClock } from "@longarm/shared";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { tables } from "../../decide/tables.ts";
import { rowMapper } from "../../decide/to-row.ts";
import type { Batch } from "../../ports/sink.ts";
import { SqliteSink } from "./sqlite-sink.ts";

const test = suite("a SQLite file of a sync");
const writer = { sync: "acme", epoch: 1 };
const mapUser = rowMapper(tables.users);

function batchOf(...items: readonly unknown[]): Batch {
  const rows = items.map((item) => mapUser(item, null)).flatMap((mapped) => (mapped.kind === "row" ? [mapped.row] : []));
  return { changes: [{ kind: "upsert", table: "users", rows }], generation: 1, at: "2026-05-01T00:00:00.000Z", checkpoint: "1" };
}

async function commit(file: string, batch: Batch): Promise<void> {
  const open = await new SqliteSink({ file }, { clock: systemClock }).open(writer);
  await open.commit(batch);
  await open.close();
}

function inFile<T>(file: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

test("is readable by its owner alone, in a directory that is made for it", () =>
  withTemporaryDirectory(async (parent) => {
    const file = join(parent, "deep", "org.db");
    await commit(file, batchOf({ id: "00u1" }));
    assert.deepEqual([statSync(file).mode & 0o777, statSync(join(parent, "deep")).mode & 0o777], [0o600, 0o700]);
  }));

test("of an older version gets the columns that it lacks, filled from the items that it kept", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "org.db");
    const item = { id: "00u1", profile: { title: "Countess", login: 7 }, created: "2026-01-01T00:00:00.000Z" };
    await commit(file, batchOf(item, { id: "00u2" }));
    inFile(file, (database) => {
      database.exec("DROP VIEW memberships; DROP VIEW last_login; DROP VIEW app_access; DROP INDEX users_by_login");
      for (const column of ["title", "login", "created"]) database.exec(`ALTER TABLE users DROP COLUMN ${column}`);
    });
    await (await new SqliteSink({ file }, { clock: systemClock }).open(writer)).close();
    const rows = inFile(file, (database) => database.prepare("SELECT title, login, created FROM users ORDER BY id").all());
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [
        { title: "Countess", login: null, created: "2026-01-01T00:00:00.000Z" },
        { title: null, login: null, created: null },
      ],
    );
  }));

test("of a newer version is left alone, and so is a database of something else", () =>
  withTemporaryDirectory(async (directory) => {
    const [newer, other] = [join(directory, "newer.db"), join(directory, "other.db")];
    await commit(newer, batchOf({ id: "00u1" }));
    inFile(newer, (database) => database.exec("PRAGMA user_version = 99"));
    inFile(other, (database) => database.exec("CREATE TABLE mine (a)"));
    await assert.rejects(new SqliteSink({ file: newer }, { clock: systemClock }).open(writer), {
      code: "invalid_state",
      message: /newer version of Longarm \(form 99\)/,
    });
    await assert.rejects(new SqliteSink({ file: other }, { clock: systemClock }).open(writer), {
      code: "conflict",
      message: /holds something else than a sync/,
    });
    assert.deepEqual(
      inFile(other, (database) => database.prepare("SELECT name FROM sqlite_master").all().length),
      1,
    );
  }));

test("that is no database, or cannot be made, is refused with its path", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "org.db");
    await assert.rejects(new SqliteSink({ file: join(directory, "\0") }, { clock: systemClock }).open(writer), { code: "sink_rejected" });
    writeFileSync(file, "x".repeat(9_000));
    await assert.rejects(new SqliteSink({ file }, { clock: systemClock }).open(writer), {
      code: "sink_rejected",
      message: new RegExp(file),
    });
  }));

test("that another program holds is unavailable for now, and nothing of the batch stands", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "org.db");
    const open = await new SqliteSink({ file, busyMs: 20 }, { clock: systemClock }).open(writer);
    await open.commit(batchOf({ id: "00u1" }));
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    await assert.rejects(open.commit(batchOf({ id: "00u2" })), { code: "sink_unavailable", retryable: true });
    other.close();
    await open.commit(batchOf({ id: "00u3" }));
    await open.close();
    const ids = inFile(file, (database) =>
      database
        .prepare("SELECT id FROM users ORDER BY id")
        .all()
        .map(({ id }) => id),
    );
    assert.deepEqual(ids, ["00u1", "00u3"]);
  }));

test("that another program holds for a while is waited for, and nobody else in this process has to wait", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "org.db");
    const open = await new SqliteSink({ file }, { clock: systemClock }).open(writer);
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    const committing = open.commit(batchOf({ id: "00u1" }));
    // Only a process that is not held up gets here.
    await new Promise(setImmediate);
    other.exec("ROLLBACK");
    other.close();
    assert.equal((await committing).written, 1);
    await open.close();
  }));

test("that has no room left says so, keeps what it had, and goes on when there is room again", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "org.db");
    await commit(file, batchOf({ id: "00u1" }));
    const open = await new SqliteSink({ file, maxPages: 60 }, { clock: systemClock }).open(writer);
    await assert.rejects(open.commit({ ...batchOf({ id: "00u2", more: "x".repeat(400_000) }), checkpoint: "2" }), {
      code: "sink_full",
      retryable: true,
    });
    assert.equal((await open.commit({ ...batchOf({ id: "00u3" }), checkpoint: "3" })).written, 1);
    await open.close();
    const ids = inFile(file, (database) =>
      database
        .prepare("SELECT id FROM users ORDER BY id")
        .all()
        .map(({ id }) => id),
    );
    assert.deepEqual(ids, ["00u1", "00u3"]);
  }));

test.run();
