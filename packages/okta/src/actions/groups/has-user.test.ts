import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, groupId, next, oktaGroup, userId } from "./group.fixture.ts";
import { hasUser } from "./has-user.ts";

const test = suite("okta.group.hasUser");
const group = { [`GET /api/v1/groups/${groupId}`]: { status: 200, body: oktaGroup({ name: "Ops" }) } };
const list = `GET /api/v1/users/${userId}/groups`;

function has(answers: Readonly<Record<string, Answer>>, input = { group: groupId, user: userId }) {
  return hasUser.run(fakeContext(answers), input);
}

test("finds a membership that stands on the second page", async () => {
  const pages = [
    { status: 200, headers: next(`/api/v1/users/${userId}/groups?after=1`), body: [oktaGroup({}, { id: "00g0" })] },
    { status: 200, body: [oktaGroup({})] },
  ];
  assert.deepEqual(await has({ ...group, [list]: pages }), { isMember: true });
});

test("says no only after the last page", async () => {
  const pages = [
    { status: 200, headers: next(`/api/v1/users/${userId}/groups?after=1`), body: [] },
    { status: 200, body: [] },
  ];
  assert.deepEqual(await has({ ...group, [list]: pages }), { isMember: false });
});

test("does not take a group that is not there for one that the user is not in", () =>
  assert.rejects(has({ [`GET /api/v1/groups/${groupId}`]: absent }), { code: "group_not_found" }));

test("does not take a user who is not there for one who is in no group", () =>
  assert.rejects(has({ ...group, [list]: absent }), { code: "user_not_found" }));

test.run();
