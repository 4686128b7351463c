import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { addUserToGroup } from "./add-user.ts";

const test = suite("okta.group.addUser");
const user = "00u1234567890ABCDEFG";
const group = "00g1234567890ABCDEFG";
const list = `GET /api/v1/users/${user}/groups`;
const write = `PUT /api/v1/groups/${group}/users/${user}`;
const absent = { status: 404, body: { errorCode: "E0000007", errorSummary: "Not found" } };

function groups(...ids: readonly string[]) {
  return { status: 200, body: ids.map((id) => ({ id, profile: { name: id } })) };
}

function add(answers: Readonly<Record<string, Answer>>, input = { group, user }) {
  const context = fakeContext(answers);
  return { context, output: addUserToGroup.run(context, input) };
}

test("adds a user that is no member", async () => {
  const { context, output } = add({ [list]: groups("00g0"), [write]: { status: 204 } });
  assert.deepEqual(await output, { changed: true });
  assert.deepEqual(context.asked, [list, write]);
});

test("sends no write for a member, on whichever page its group stands", async () => {
  const first = {
    ...groups("00g0"),
    headers: { link: `<https://acme.okta.com/api/v1/users/${user}/groups?after=00g0&limit=200>; rel="next"` },
  };
  const { context, output } = add({ [list]: [first, groups(group)] });
  assert.deepEqual(await output, { changed: false });
  assert.deepEqual(
    context.requests.map(({ query }) => query),
    [{ limit: "200" }, { after: "00g0", limit: "200" }],
  );
});

test("finds group and user by name first", async () => {
  const found = { status: 200, body: [{ id: group, type: "OKTA_GROUP", profile: { name: "Ops" } }] };
  const ada = { status: 200, body: { id: user, profile: { login: "ada@example.com" } } };
  const { output } = add(
    { "GET /api/v1/groups": found, "GET /api/v1/users/ada": ada, [list]: groups(), [write]: { status: 204 } },
    { group: "name:Ops", user: "ada" },
  );
  assert.deepEqual(await output, { changed: true });
});

test("tells an absent user from an absent group", async () => {
  await assert.rejects(add({ [list]: absent }).output, { code: "user_not_found" });
  const there = { status: 200, body: { id: user, profile: {} } };
  await assert.rejects(add({ [list]: groups(), [write]: absent, [`GET /api/v1/users/${user}`]: there }).output, {
    code: "group_not_found",
  });
  await assert.rejects(add({ [list]: groups(), [write]: absent, [`GET /api/v1/users/${user}`]: absent }).output, {
    code: "user_not_found",
  });
});

test("gives Okta's reason for a group whose members are not ours to change", async () => {
  const refusal = { status: 403, body: { errorCode: "E0000006", errorSummary: "You do not have permission" } };
  await assert.rejects(add({ [list]: groups(), [write]: refusal }).output, { code: "permission_missing" });
});

test.run();
