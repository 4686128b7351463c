import assert from "node:assert/strict";
import { suite } from "../../../support/suite.ts";
import { compareTable } from "./compare-table.ts";
import { lagOfIncremental, rowTextOf } from "./row-text.ts";

const test = suite("a table of the sink, compared with the org");

const textOf = (status: string): string => rowTextOf("users", { id: "00u1", status, raw: '{"id":"00u1"}' }, {});
const org = new Map([["00u1", textOf("ACTIVE")]]);
const row = { key: "00u1", text: textOf("ACTIVE"), isMarked: false };

async function found(...sink: (typeof row)[]) {
  const { missing, extra, stale, wronglyMarked, double } = await compareTable("users", org, sink);
  return { missing, extra, stale, wronglyMarked, double };
}

const right = { missing: [], extra: [], stale: [], wronglyMarked: [], double: [] };

test("is right where both hold the same, and where what is gone is marked", async () => {
  assert.deepEqual(await found(row, { ...row, key: "00u2", isMarked: true }), right);
});

test("is wrong where a row is missing, too many, older, marked though it is there, or there twice", async () => {
  assert.deepEqual(await found(), { ...right, missing: ["00u1"] });
  assert.deepEqual(await found(row, { ...row, key: "00u2" }), { ...right, extra: ["00u2"] });
  assert.deepEqual(await found({ ...row, text: textOf("SUSPENDED") }), { ...right, stale: ["00u1 (status)"] });
  assert.deepEqual(await found({ ...row, isMarked: true }), { ...right, wronglyMarked: ["00u1"] });
  assert.deepEqual(await found(row, row), { ...right, double: ["00u1"] });
});

test("takes two ways to the same org for the same", () => {
  const raw = (origin: string): string => JSON.stringify({ _links: { self: { href: `${origin}/api/v1/users/00u1` } } });
  const [one, other] = ["http://127.0.0.1:18000", "http://127.0.0.1:31000"].map((origin) => rowTextOf("users", { raw: raw(origin) }, {}));
  assert.equal(one, other);
});

test("forgives behind an incremental run what only a sweep can see, and nothing behind a sweep", () => {
  const assignment = (at: string, scope: string) => ({ last_updated: at, scope, raw: JSON.stringify({ lastUpdated: at, scope }) });
  const [before, after, other] = [
    assignment("2026-01-01T00:00:00.000Z", "USER"),
    assignment("2026-02-02T00:00:00.000Z", "USER"),
    assignment("2026-02-02T00:00:00.000Z", "GROUP"),
  ];
  const late = (record: object) => rowTextOf("app_users", { ...record }, lagOfIncremental);
  assert.deepEqual([late(before) === late(after), late(after) === late(other)], [true, false]);
  assert.notEqual(rowTextOf("app_users", before, {}), rowTextOf("app_users", after, {}));
});

test.run();
