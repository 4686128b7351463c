import assert from "node:assert/strict";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("the keys of what an org holds");

async function keysOf(org: SandboxOrg, table: string): Promise<readonly string[]> {
  return ((await org.call("GET", `/sandbox/keys/${table}`)).body as { readonly keys: readonly string[] }).keys;
}

test("name every user, whatever its status, but none that was deleted", () =>
  withSandbox({ users: 5 }, async (org) => {
    const before = await keysOf(org, "users");
    for (const user of ["user000001", "user000002", "user000002"]) await org.call("DELETE", `/api/v1/users/${user}`);
    const after = await keysOf(org, "users");
    assert.deepEqual([before.length, after], [5, before.filter((id) => id !== before[2])]);
  }));

test("name who is in which group, and who has which application", () =>
  withSandbox({ users: 3 }, async (org) => {
    const groups = (await org.call("GET", "/api/v1/groups?limit=200")).body as readonly { id: string; type: string }[];
    const everyone = groups.find(({ type }) => type === "BUILT_IN")?.id ?? "";
    const users = await keysOf(org, "users");
    const members = (await keysOf(org, "group_members")).filter((key) => key.startsWith(everyone));
    assert.deepEqual(
      members,
      users.map((id) => `${everyone} ${id}`),
    );
    const apps = (await org.call("GET", "/api/v1/apps?limit=200")).body as readonly { id: string; name: string }[];
    const mail = apps.find(({ name }) => name === "mail_suite")?.id ?? "";
    const [access, grants] = await Promise.all([keysOf(org, "app_users"), keysOf(org, "app_groups")]);
    assert.equal(access.filter((key) => key.startsWith(mail)).length, 3);
    assert.ok(grants.includes(`${mail} ${everyone}`));
  }));

test("are asked for by a table's name, and another name is answered with all of them", () =>
  withSandbox({ users: 1 }, async (org) => {
    const { status, body } = await org.call("GET", "/sandbox/keys/moons");
    assert.deepEqual([status, /users, groups, group_members/.test(JSON.stringify(body))], [404, true]);
  }));

test.run();
