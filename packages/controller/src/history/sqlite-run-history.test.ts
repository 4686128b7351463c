import assert from "node:assert/strict";
import { closeSync, openSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { newId, type RunId } from "@longarm/shared";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import type { RunChange } from "../ports/run-history.ts";
import { SqliteRunHistory } from "./sqlite-run-history.ts";

const test = suite("the history's file");
const log = { name: "2026-01-01T00:00:00Z", lastSequence: 100_000 };

function submitted(id: RunId = newId("run")): RunChange {
  return { id, action: "okta.user.get", connection: "acme", lane: "standard", status: "queued", principal: "ci", submittedAt: 1 };
}

function withFile(act: (file: string) => void): Promise<void> {
  return withTemporaryDirectory((directory) => act(join(directory, "history.db")));
}

function fill(file: string, count: number): void {
  const history = new SqliteRunHistory(file, log);
  history.apply(
    Array.from({ length: count }, () => submitted()),
    { sequence: count, timeMs: 5 },
  );
  history.close();
}

function assertBegunAnew(file: string, of = log): void {
  const history = new SqliteRunHistory(file, of);
  assert.deepEqual([history.isNew, history.position(), history.list({}, { limit: 1 }).rows], [true, 0, []]);
  history.apply([submitted()], { sequence: 1, timeMs: 1 });
  history.close();
}

test("keeps its rows and its position from one start to the next", () =>
  withFile((file) => {
    fill(file, 3);
    const history = new SqliteRunHistory(file, log);
    const { rows, asOf } = history.list({}, { limit: 10 });
    assert.deepEqual([history.isNew, history.position(), rows.length, asOf], [false, 3, 3, 5]);
    history.close();
  }));

test("is readable by its owner alone", () =>
  withFile((file) => {
    const history = new SqliteRunHistory(file, log);
    for (const name of readdirSync(join(file, ".."))) assert.equal(statSync(join(file, "..", name)).mode & 0o077, 0, name);
    history.close();
  }));

test("is made again when it was deleted, even if SQLite's other files were not", () =>
  withFile((file) => {
    const history = new SqliteRunHistory(file, log);
    history.apply([submitted()], { sequence: 1, timeMs: 1 });
    rmSync(file);
    assertBegunAnew(file);
    history.close();
  }));

test("is made again when it is of another version", () =>
  withFile((file) => {
    fill(file, 3);
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 999");
    database.close();
    assertBegunAnew(file);
  }));

test("is made again when it is no database, cut short, or damaged inside", () =>
  withFile((file) => {
    writeFileSync(file, "this is no database at all, whatever its name says".repeat(50));
    assertBegunAnew(file);
    fill(file, 2_000);
    truncateSync(file, Math.floor(statSync(file).size / 2));
    assertBegunAnew(file);
    fill(file, 2_000);
    const descriptor = openSync(file, "r+");
    // One page somewhere in the middle, which opening the file alone does not touch.
    writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, 4096 * 60);
    closeSync(descriptor);
    assertBegunAnew(file);
  }));

test("is made again when the log is another one, or shorter than what was taken in", () =>
  withFile((file) => {
    fill(file, 3);
    assertBegunAnew(file, { ...log, name: "2026-02-02T00:00:00Z" });
    fill(file, 3);
    assertBegunAnew(file, { ...log, lastSequence: 2 });
  }));

test("takes a batch in whole or not at all", () =>
  withFile((file) => {
    const history = new SqliteRunHistory(file, log);
    const impossible = { ...submitted(), lane: {} as never };
    assert.throws(() => history.apply([submitted(), impossible], { sequence: 2, timeMs: 1 }));
    assert.deepEqual([history.position(), history.list({}, { limit: 1 }).rows], [0, []]);
    history.apply([submitted()], { sequence: 2, timeMs: 1 });
    assert.equal(history.position(), 2);
    history.close();
  }));

test("finds by index what it lists and what it rescues", () =>
  withFile((file) => {
    fill(file, 1);
    const database = new DatabaseSync(file);
    const plan = (sql: string): string => JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    assert.match(plan("SELECT * FROM runs WHERE owner = 'x' AND open = 1"), /runs_by_owner/);
    assert.match(plan("SELECT DISTINCT owner FROM runs WHERE open = 1 AND owner IS NOT NULL ORDER BY owner"), /runs_by_owner/);
    for (const column of ["status", "action", "connection"]) {
      const listed = plan(
        `SELECT * FROM runs WHERE ${column} = 'x' AND (submittedAt, id) < (1, 'x') ORDER BY submittedAt DESC, id DESC LIMIT 5`,
      );
      assert.match(listed, new RegExp(`runs_by_${column}`));
      assert.doesNotMatch(listed, /TEMP B-TREE/);
    }
    const byAgent = "SELECT * FROM carriers CROSS JOIN runs ON runs.id = carriers.run WHERE carriers.agent = 'x'";
    const carried = plan(`${byAgent} ORDER BY carriers.submittedAt DESC, carriers.run DESC LIMIT 5`);
    assert.match(carried, /carriers_by_agent/);
    assert.doesNotMatch(carried, /TEMP B-TREE/);
    database.close();
  }));

test.run();
