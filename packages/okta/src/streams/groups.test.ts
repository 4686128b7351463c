import assert from "node:assert/strict";
import { createCatalogue } from "@longarm/spoke";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../test/support/suite.ts";
import { okta } from "../index.ts";
import { streamGroupMembers } from "./group-members.ts";
import { streamGroups } from "./groups.ts";
import { streamUserGroups } from "./user-groups.ts";

const test = suite("streams of groups and members");
const catalogue = createCatalogue([okta]);
type Wish = Parameters<typeof streamGroups.start>[0];

function asked(wish: Wish) {
  const { query = {} } = streamGroups.start(catalogue.checkInput(streamGroups, wish) as Wish);
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

test("groups are asked for by search, filter or the beginning of a name, in pages that the endpoint allows", () => {
  assert.deepEqual(asked({}), { limit: 200 });
  assert.deepEqual(asked({ filter: "a", pageSize: 50_000 }), { filter: "a", limit: 10_000 });
  assert.deepEqual(asked({ q: "En", pageSize: 50_000 }), { q: "En", limit: 300 });
  assert.throws(() => asked({ search: "a", q: "b" }), { code: "invalid_request", message: /at most one/ });
});

test("a beginning's one page says when there may be more", () => {
  const two = { status: 200, headers: {}, body: [{ id: "1" }, { id: "2" }] };
  assert.deepEqual(
    [streamGroups.page(two, { q: "a", pageSize: 2 }).truncated, streamGroups.page(two, { q: "a" }).truncated],
    [true, false],
  );
  assert.equal(streamGroups.page(two, {}).last, undefined);
});

test("members are asked for by the id of the group that the name stands for", async () => {
  const context = fakeContext({
    "GET /api/v1/groups": { status: 200, body: [{ id: "00g1", type: "OKTA_GROUP", profile: { name: "Ops" } }] },
  });
  const wish = await streamGroupMembers.prepare?.(context, { group: "name:Ops", pageSize: 5_000 });
  assert.deepEqual(wish && streamGroupMembers.start(wish), {
    method: "GET",
    path: ["api", "v1", "groups", "00g1", "users"],
    query: { limit: 1_000 },
  });
});

test("a user's groups are asked for by the id of the user whom the login means", async () => {
  const context = fakeContext({ "GET /api/v1/users/ada": { status: 200, body: { id: "00u1", profile: { login: "ada@example.com" } } } });
  const wish = await streamUserGroups.prepare?.(context, { user: "ada" });
  assert.deepEqual(wish && streamUserGroups.start(wish).path, ["api", "v1", "users", "00u1", "groups"]);
});

test("a page that is not there means the group or the user", () => {
  const absent = { status: 404, headers: {}, body: {} };
  assert.equal(streamGroupMembers.refused?.(absent, { group: "00g1" })?.code, "group_not_found");
  assert.equal(streamUserGroups.refused?.(absent, { user: "00u1" })?.code, "user_not_found");
  assert.equal(streamUserGroups.refused?.({ ...absent, status: 403 }, { user: "00u1" }), undefined);
});

test.run();
