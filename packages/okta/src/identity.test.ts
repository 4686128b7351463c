import assert from "node:assert/strict";
import type { LongarmError } from "@longarm/shared";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../test/support/suite.ts";
import { findUserByLogin, requireUser, resolveGroupId, resolveUserId } from "./identity.ts";

const test = suite("who is meant");
const id = "00u1234567890ABCDEFG";
const groupId = "00g1234567890ABCDEFG";
const absent = { status: 404, body: { errorCode: "E0000007", errorSummary: "Not found", errorCauses: [] } };

function user(login: unknown, userId = id) {
  return { status: 200, headers: { etag: 'W/"1"' }, body: { id: userId, status: "ACTIVE", profile: { login } } };
}

function group(name: string, type: string, n: number) {
  return { id: `00g000000000000000${String(n).padStart(2, "0")}`, type, profile: { name, description: null } };
}

const exact: readonly (readonly [asked: string, held: string])[] = [
  ["ada@example.com", "ada@example.com"],
  ["ADA@Example.com", "ada@example.com"],
  ["ada", "ada@example.com"],
  ["Ada", "ADA@example.com"],
  ["ada", "ada"],
];
for (const [asked, held] of exact) {
  test(`${asked} is the user with the login ${held}`, async () => {
    const { rest } = fakeContext({ [`GET /api/v1/users/${encodeURIComponent(asked)}`]: user(held) });
    assert.equal((await findUserByLogin(rest, asked))?.user.id, id);
  });
}

const others: readonly (readonly [asked: string, held: unknown])[] = [
  ["ada@example.com", "ada@example.org"],
  ["ada@example.com", "ada"],
  ["ada", "adam@example.com"],
  ["ada", "x-ada@example.com"],
  ["me", "token.owner@example.com"],
  ["ada", null],
];
for (const [asked, held] of others) {
  test(`${asked} is not the user with the login ${String(held)}, whatever Okta finds`, async () => {
    const { rest } = fakeContext({ [`GET /api/v1/users/${encodeURIComponent(asked)}`]: user(held) });
    assert.equal(await findUserByLogin(rest, asked), undefined);
    await assert.rejects(requireUser(rest, asked), { code: "user_not_found" });
  });
}

test("an id is taken as it is, without a call", async () => {
  const context = fakeContext({});
  assert.deepEqual([await resolveUserId(context.rest, id), await resolveGroupId(context.rest, groupId)], [id, groupId]);
  assert.deepEqual(context.asked, []);
});

test("an id that Okta takes for somebody's short name is nobody's", async () => {
  const { rest } = fakeContext({ [`GET /api/v1/users/${id}`]: user(`${id}@example.com`, "00uSomebodyElse00000") });
  await assert.rejects(requireUser(rest, id), { code: "user_not_found" });
});

test("an id that is read is not compared with the login, and brings its etag", async () => {
  const { rest } = fakeContext({ [`GET /api/v1/users/${id}`]: user("ada@example.com") });
  assert.equal((await requireUser(rest, id)).etag, 'W/"1"');
});

test("a login with a slash that is not found is pointed at its id", async () => {
  const { rest } = fakeContext({ "GET /api/v1/users/a%2Fb": absent });
  await assert.rejects(requireUser(rest, "a/b"), { code: "user_not_found", message: /by its id/ });
});

test("what is no 404 is not taken for an absent user", async () => {
  const { rest } = fakeContext({ "GET /api/v1/users/ada": { status: 403, body: { errorCode: "E0000006", errorSummary: "No" } } });
  await assert.rejects(findUserByLogin(rest, "ada"), { code: "permission_missing" });
});

/** Groups by `name:` from pages, and what was searched for. */
async function byName(name: string, pages: readonly (readonly unknown[])[]) {
  const next = (n: number) => (n < pages.length ? { link: `<https://acme.okta.com/api/v1/groups?after=${n}&limit=200>; rel="next"` } : {});
  const answers = pages.map((body, index) => ({ status: 200, headers: next(index + 1), body }));
  const context = fakeContext({ "GET /api/v1/groups": answers });
  const found = await resolveGroupId(context.rest, `name:${name}`).catch((reason: unknown) => reason as LongarmError);
  return { found, queries: context.requests.map(({ query }) => query) };
}

test("a group is searched for by its exact name, whatever stands in it", async () => {
  const { found, queries } = await byName('R&D "North"', [[group('R&D "North"', "OKTA_GROUP", 1)]]);
  assert.equal(found, "00g00000000000000001");
  assert.deepEqual(queries, [{ search: String.raw`profile.name eq "R&D \"North\""`, limit: "200" }]);
});

test("a group of ours wins over groups of applications with the same name, on whichever page it stands", async () => {
  const { found, queries } = await byName("Ops", [
    [group("Ops", "APP_GROUP", 1), group("Ops", "BUILT_IN", 2)],
    [group("Ops", "OKTA_GROUP", 3)],
  ]);
  assert.equal(found, "00g00000000000000003");
  assert.deepEqual(queries[1], { after: "1", limit: "200" });
});

test("one group of an application is enough, but two are ambiguous and named", async () => {
  assert.equal((await byName("Ops", [[group("Ops", "APP_GROUP", 1)]])).found, "00g00000000000000001");
  const { found } = await byName("Ops", [[group("Ops", "APP_GROUP", 1), group("Ops", "APP_GROUP", 2)]]);
  const { code, details } = found as LongarmError;
  assert.equal(code, "name_ambiguous");
  assert.deepEqual(
    (details["candidates"] as { id: string }[]).map((one) => one.id),
    ["00g00000000000000001", "00g00000000000000002"],
  );
});

test("a name that is only similar is not found", async () => {
  const { found } = await byName("Ops", [[group("ops", "OKTA_GROUP", 1), group("Ops EU", "OKTA_GROUP", 2)]]);
  assert.equal((found as LongarmError).code, "group_not_found");
});

test("the search fails when the target's links go round: what was not shown may be the very group", async () => {
  const round = { status: 200, headers: { link: '<https://acme.okta.com/api/v1/groups?after=1>; rel="next"' }, body: [] };
  const context = fakeContext({ "GET /api/v1/groups": round });
  await assert.rejects(resolveGroupId(context.rest, "name:Ops"), { code: "unexpected_response" });
  assert.equal(context.asked.length, 2);
});

test.run();
