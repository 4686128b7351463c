import { deepEqual, equal, throws } from "node:assert/strict";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { RecordEvent } from "../../ports/record-store.ts";
import type { RecordTable } from "./record-file.ts";
import { SqliteRecordHistory } from "./sqlite-record-history.ts";

const test = suite("the view of records");

const groups: RecordTable = { kind: "groups", fields: [{ name: "name" }] };
const bucket = { name: "2026-01-01T00:00:00Z", lastSequence: 1_000 };

function event(sequence: number, n = sequence, name = `Group ${n}`): RecordEvent {
  const state = { changedAt: null, firstSeenAt: 1, syncedAt: sequence, deletedAt: null, source: "sync" } as const;
  return { sequence, timeMs: sequence, record: { kind: "groups", connection: "acme", id: `00g${n}`, object: { name }, ...state } };
}

function withFile(act: (file: string) => void): Promise<void> {
  return withTemporaryDirectory((directory) => act(join(directory, "records.db")));
}

/** What the view of a file tells when it has begun to follow this bucket. */
function told(file: string, of = bucket, tables = [groups]) {
  const history = new SqliteRecordHistory(file, tables);
  history.begin("groups", of);
  const found = [history.position("groups"), history.list("groups", {}, { limit: 10 }).records.map(({ id }) => id)];
  history.close();
  return found;
}

function fill(file: string): void {
  const history = new SqliteRecordHistory(file, [groups]);
  history.begin("groups", bucket);
  history.apply("groups", [event(1), event(2)]);
  history.close();
}

test("keeps its rows and its position from one start to the next, and is its owner's alone", () =>
  withFile((file) => {
    fill(file);
    deepEqual(told(file), [2, ["00g1", "00g2"]]);
    for (const name of readdirSync(join(file, ".."))) equal(statSync(join(file, "..", name)).mode & 0o077, 0, name);
  }));

test("begins anew where its file is gone or damaged, where the fields are others, and where the bucket is another one", () =>
  withFile((file) => {
    const empty = [0, []];
    fill(file);
    rmSync(file);
    deepEqual(told(file), empty);
    fill(file);
    writeFileSync(file, "not a database");
    deepEqual(told(file), empty);
    fill(file);
    deepEqual(told(file, bucket, [{ kind: "groups", fields: [{ name: "name" }, { name: "type" }] }]), empty);
    fill(file);
    deepEqual(told(file, { ...bucket, name: "2027-01-01T00:00:00Z" }), empty);
    fill(file);
    deepEqual(told(file, { ...bucket, lastSequence: 1 }), empty);
  }));

test("takes in nothing twice, and of each record the last state", () =>
  withFile((file) => {
    const history = new SqliteRecordHistory(file, [groups]);
    history.begin("groups", bucket);
    history.apply("groups", [event(1), event(2), event(3, 1, "Renamed")]);
    history.apply("groups", [event(2, 1, "Older")]);
    const { records, asOf } = history.list("groups", {}, { limit: 10 });
    deepEqual([records.map(({ object }) => object["name"]), asOf], [["Group 2", "Renamed"], 3]);
    deepEqual(records[0], event(2).record);
    history.close();
  }));

test("tells how current it is of each kind by itself, and knows no others", () =>
  withFile((file) => {
    const history = new SqliteRecordHistory(file, [groups]);
    equal(history.list("groups", {}, { limit: 1 }).asOf, 0);
    throws(() => history.list("users", {}, { limit: 1 }), { code: "internal" });
    history.close();
  }));

test.run();
