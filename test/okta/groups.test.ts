import assert from "node:assert/strict";
import { seededLogin } from "@longarm/sandbox";
import { type OktaOrg, withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("groups of the Okta spoke against an org");
const user = seededLogin(0);

async function groupId(org: OktaOrg, name: string): Promise<string> {
  return (await org.run("okta.group.findIdByName", { name }))["id"] as string;
}

test("creates a group once, finds it by its whole name, and changes it field by field", () =>
  withOktaOrg({}, async (org) => {
    const { id, created } = await org.run("okta.group.create", { name: "Night Shift", description: "They watch" });
    assert.equal(created, true);
    await assert.rejects(org.run("okta.group.create", { name: "Night Shift" }), {
      code: "already_exists",
      details: { id, name: "Night Shift" },
    });
    assert.equal((await org.run("okta.group.create", { name: "Night Shift", ifExists: "return" }))["created"], false);
    const { group, changed } = await org.run("okta.group.update", { group: id, name: "Day Shift" });
    assert.deepEqual([changed, (group as { description: string }).description], [true, "They watch"]);
    assert.equal((await org.run("okta.group.update", { group: id, name: "Day Shift" }))["changed"], false);
    await assert.rejects(org.run("okta.group.update", { group: "name:Everyone", name: "All" }), { code: "invalid_state" });
    await assert.rejects(org.run("okta.group.get", { group: "name:Night" }), { code: "group_not_found" });
  }));

test("says who is in a group, adds and removes", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    const group = "name:Quarantine";
    const isMember = async () => (await org.run("okta.group.hasUser", { group, user }))["isMember"];
    assert.equal(await isMember(), false);
    await org.run("okta.group.addUser", { group, user });
    assert.equal(await isMember(), true);
    assert.deepEqual(await org.run("okta.group.removeUser", { group, user }), { changed: true, ruleExclusions: [] });
    assert.deepEqual(await org.run("okta.group.removeUser", { group, user }), { changed: false, ruleExclusions: [] });
    assert.equal(await isMember(), false);
  }));

test("tells of the rule that will not add a removed user again", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    const { sandbox } = org;
    const id = await groupId(org, "Quarantine");
    const { department } = (await org.run("okta.user.getProfile", { user }))["profile"] as { department: string };
    const rule = await sandbox.call("POST", "/api/v1/groups/rules", {
      type: "group_rule",
      name: "Watched",
      conditions: { expression: { value: `user.department == "${department}"`, type: "urn:okta:expression:1.0" } },
      actions: { assignUserToGroups: { groupIds: [id] } },
    });
    const { id: ruleId } = rule.body as { id: string };
    await sandbox.call("POST", `/api/v1/groups/rules/${ruleId}/lifecycle/activate`);
    assert.deepEqual(await org.run("okta.group.removeUser", { group: id, user }), { changed: true, ruleExclusions: [ruleId] });
  }));

test("pulls what has changed since the watermark, in profile or in members", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    const all = await org.run("okta.group.getChanged", {});
    assert.ok((all["groups"] as unknown[]).length > 20 && all["watermark"] !== null);
    const names = async () =>
      ((await org.run("okta.group.getChanged", { since: all["watermark"] }))["groups"] as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(await names(), []);
    await org.run("okta.group.update", { group: "name:Quarantine", description: "new" });
    await org.run("okta.group.addUser", { group: "name:Contractors", user });
    assert.deepEqual(await names(), ["Contractors", "Quarantine"]);
  }));

test.run();
