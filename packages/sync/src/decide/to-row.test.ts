import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { tables } from "./tables.ts";
import { type Mapped, rowMapper } from "./to-row.ts";

const test = suite("a row made of an item");
const users = rowMapper(tables.users);
const hooks = rowMapper(tables.event_hooks);
const members = rowMapper(tables.group_members);

function rowIn(mapped: Mapped) {
  assert.equal(mapped.kind, "row");
  return mapped.kind === "row" ? mapped : assert.fail();
}

test("has the parent's id in its key where it was listed under one, and no copy of what is another table's row", () => {
  assert.deepEqual(rowIn(members({ id: "00u1", profile: { login: "a" } }, "00g1")).row, {
    key: ["00g1", "00u1"],
    values: ["00g1", "00u1"],
    extra: null,
    raw: null,
  });
});

test("names what no column holds, so that a field that is new in the org is noticed", () => {
  const { uncovered } = rowIn(users({ id: "00u1", profile: { login: "a", badge: 7, nested: { b: 1 } }, realmId: "r", _links: {} }, null));
  assert.deepEqual(uncovered, ["profile.badge", "profile.nested", "realmId"]);
});

test("keeps a value of an unexpected kind beside its column", () => {
  const { row } = rowIn(users({ id: "00u1", status: 7, created: "yesterday", profile: { title: false }, type: "contractor" }, null));
  assert.deepEqual(JSON.parse(row.extra ?? ""), { status: 7, created: "yesterday", "profile.title": false, type: "contractor" });
  assert.deepEqual(new Set(row.values.slice(1)), new Set([null]));
});

test("holds no secret of the item: neither in a column, nor in what is left, nor in the item that is kept", () => {
  const channel = { config: { uri: "https://a", authScheme: { key: "Authorization", value: "canary" }, headers: [{ value: "canary" }] } };
  const { row } = rowIn(hooks({ id: "who1", channel }, null));
  assert.ok(!JSON.stringify(row).includes("canary"));
  assert.deepEqual(JSON.parse(row.raw ?? ""), { id: "who1", channel: { config: { uri: "https://a" } } });
});

test("is none without a key, and then the fault keeps the item without its secrets", () => {
  const fault = { table: "users", key: null, problem: "has no id that is a text", item: '{"id":7}' };
  assert.deepEqual(users({ id: 7, credentials: { password: "canary" } }, null), { kind: "fault", fault });
  for (const item of [null, "00u1", [], undefined]) assert.equal(users(item, null).kind, "fault");
  assert.deepEqual(members({ id: null }, "00g1"), {
    kind: "fault",
    fault: { table: "group_members", key: "00g1", problem: "has no user_id that is a text", item: '{"id":null}' },
  });
});

test("loses nothing of any item: what it holds stands in a column, in what is left, or is left out on purpose", () => {
  const item = fc.record({ id: fc.string({ minLength: 1 }), profile: fc.dictionary(fc.string(), fc.jsonValue()), more: fc.jsonValue() });
  fc.assert(
    fc.property(item, (given) => {
      const plain = JSON.parse(JSON.stringify(given)) as unknown;
      assert.deepEqual(JSON.parse(rowIn(users(plain, null)).row.raw ?? ""), plain);
    }),
  );
});

test("takes members that are named like those of every object for what they are", () => {
  const item = JSON.parse(
    '{"id":"00u1","__proto__":{"login":"x"},"constructor":1,"profile":{"toString":"y","hasOwnProperty":2}}',
  ) as unknown;
  const { row } = rowIn(users(item, null));
  assert.equal(row.extra, '{"__proto__":{"login":"x"},"constructor":1,"profile":{"toString":"y","hasOwnProperty":2}}');
});

test.run();
