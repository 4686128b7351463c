import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { absent, groupId, oktaGroup, userId } from "./group.fixture.ts";
import { removeUserFromGroup } from "./remove-user.ts";

const test = suite("okta.group.removeUser");
const list = `GET /api/v1/users/${userId}/groups`;
const write = `DELETE /api/v1/groups/${groupId}/users/${userId}`;
const rules = "GET /api/v1/groups/rules";
const member = { status: 200, body: [oktaGroup({})] };
const none = { status: 200, body: [] };

function remove(answers: Readonly<Record<string, Answer>>) {
  const context = fakeContext(answers);
  return { context, output: removeUserFromGroup.run(context, { group: groupId, user: userId }) };
}

function rule(id: string, groupIds: unknown, exclude: unknown) {
  return { id, conditions: { people: { users: { exclude } } }, actions: { assignUserToGroups: { groupIds } } };
}

test("removes a member, and names the rules that leave it out from now on", async () => {
  const found = [
    rule("0pr1", [groupId], [userId]),
    rule("0pr2", [groupId], []),
    rule("0pr3", ["00g9"], [userId]),
    { id: "0pr4", conditions: null },
  ];
  const { context, output } = remove({ [list]: member, [write]: { status: 204 }, [rules]: { status: 200, body: found } });
  assert.deepEqual(await output, { changed: true, ruleExclusions: ["0pr1"] });
  assert.deepEqual(context.asked, [list, write, rules]);
});

test("has removed the member although the rules cannot be read", async () => {
  for (const unreadable of [{ status: 403, body: { errorCode: "E0000006" } }, { status: 500 }, { status: 200, body: "<html>" }]) {
    const { output } = remove({ [list]: member, [write]: { status: 204 }, [rules]: unreadable });
    assert.deepEqual(await output, { changed: true, ruleExclusions: null });
  }
});

test("sends no write for one who is no member", async () => {
  const { context, output } = remove({ [list]: none, [rules]: none });
  assert.deepEqual(await output, { changed: false, ruleExclusions: [] });
  assert.deepEqual(context.asked, [list, rules]);
});

const active = (id: string, exclude: unknown) => ({ ...rule(id, [groupId], exclude), status: "ACTIVE" });

test("leaves a user in a group that a rule fills, when it is told to, and sends no write", async () => {
  const skip = async (found: readonly object[]) => {
    const context = fakeContext({ [list]: member, [rules]: { status: 200, body: found }, [write]: { status: 204 } });
    const output = await removeUserFromGroup.run(context, { group: groupId, user: userId, ruleManaged: "skip" });
    return [output.changed, output.skipped, context.asked.includes(write)];
  };
  assert.deepEqual(await skip([active("0pr1", [])]), [false, "rule", false]);
  assert.deepEqual(await skip([active("0pr1", [userId])]), [true, undefined, true]);
  assert.deepEqual(await skip([{ ...rule("0pr1", [groupId], []), status: "INACTIVE" }]), [true, undefined, true]);
  assert.deepEqual(await skip([]), [true, undefined, true]);
});

test("removes nobody when it is to leave those of rules and cannot read them", async () => {
  const context = fakeContext({ [list]: member, [rules]: { status: 403, body: { errorCode: "E0000006" } } });
  await assert.rejects(removeUserFromGroup.run(context, { group: groupId, user: userId, ruleManaged: "skip" }), {
    code: "permission_missing",
  });
  assert.ok(!context.asked.includes(write));
});

test("tells an absent user from an absent group", async () => {
  await assert.rejects(remove({ [list]: absent }).output, { code: "user_not_found" });
  const there = { status: 200, body: { id: userId, profile: {} } };
  await assert.rejects(remove({ [list]: member, [write]: absent, [`GET /api/v1/users/${userId}`]: there }).output, {
    code: "group_not_found",
  });
});

test("gives Okta's reason for a group whose members are not ours to change", () => {
  const refusal = { status: 403, body: { errorCode: "E0000006", errorSummary: "No permission" } };
  return assert.rejects(remove({ [list]: member, [write]: refusal }).output, { code: "permission_missing" });
});

test.run();
