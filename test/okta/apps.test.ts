import assert from "node:assert/strict";
import { seededLogin } from "@longarm/sandbox";
import { type OktaOrg, withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("applications of the Okta spoke against an org");
const user = seededLogin(0);

async function appCalled(org: OktaOrg, label: string): Promise<string> {
  const apps = await org.items("okta.app.stream", {});
  return (apps.find((app) => app["label"] === label)?.["id"] as string | undefined) ?? assert.fail(`no ${label}`);
}

test("streams applications, and reads one", () =>
  withOktaOrg({}, async (org) => {
    const active = await org.items("okta.app.stream", { filter: 'status eq "ACTIVE"', pageSize: 2 });
    assert.deepEqual([active.length, new Set(active.map(({ id }) => id)).size], [6, 6]);
    const app = await appCalled(org, "Okta Admin Console");
    assert.equal(((await org.run("okta.app.get", { app }))["app"] as { signOnMode: unknown }).signOnMode, null);
    await assert.rejects(org.run("okta.app.get", { app: "0oa00000000000000000" }), { code: "app_not_found" });
    const { fields } = (await org.run("okta.metadata.apps", { app })) as { fields: readonly { name: string }[] };
    assert.deepEqual(
      fields.map(({ name }) => name),
      ["userName", "email"],
    );
  }));

test("streams who may use an application, expanded on every page though the org's links forget it", () =>
  withOktaOrg({ users: 30 }, async (org) => {
    const app = await appCalled(org, "Mail");
    const users = await org.items("okta.app.streamUsers", { app, expand: "user", pageSize: 7 });
    assert.deepEqual([users.length, users.filter((one) => one["user"] === null).length], [30, 0]);
    const groups = await org.items("okta.app.streamGroups", { app });
    assert.deepEqual(
      groups.map(({ groupName }) => groupName),
      ["Everyone"],
    );
    await assert.rejects(org.items("okta.app.streamUsers", { app: "0oa00000000000000000" }), { code: "app_not_found" });
  }));

test("revokes a user's own access once, and names the group that grants it otherwise", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    const app = await appCalled(org, "Canteen Menu");
    assert.deepEqual(await org.run("okta.app.revokeUser", { app, user }), { changed: true });
    assert.deepEqual(await org.run("okta.app.revokeUser", { app, user }), { changed: false });
    const mail = await appCalled(org, "Mail");
    await assert.rejects(org.run("okta.app.revokeUser", { app: mail, user }), { code: "invalid_state", message: /"Everyone"/ });
  }));

test("streams the launcher of a user, and of the whole org", () =>
  withOktaOrg({ users: 1 }, async (org) => {
    const mine = await org.items("okta.app.streamLauncher", { user });
    assert.ok(mine.some(({ label }) => label === "Mail calendar"));
    const all = await org.items("okta.app.streamLauncher", { pageSize: 2 });
    assert.ok(all.length > mine.length && all.every(({ label }) => label !== "Old Customers"));
    await assert.rejects(org.items("okta.app.streamLauncher", { user: "nobody" }), { code: "user_not_found" });
  }));

test("streams groups, the members of one, and the groups of a user", () =>
  withOktaOrg({ users: 30 }, async (org) => {
    const groups = await org.items("okta.group.stream", { pageSize: 10 });
    const members = await org.items("okta.group.streamMembers", { group: "name:Everyone", pageSize: 7 });
    const mine = await org.items("okta.user.streamGroups", { user });
    assert.deepEqual([groups.length > 20, members.length, mine.some(({ name }) => name === "Everyone")], [true, 30, true]);
    await assert.rejects(org.items("okta.group.streamMembers", { group: "00g00000000000000000" }), { code: "group_not_found" });
    await assert.rejects(org.items("okta.user.streamGroups", { user: "00u00000000000000000" }), { code: "user_not_found" });
  }));

test.run();
