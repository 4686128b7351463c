import assert from "node:assert/strict";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("group rules of the simulated org");
const base = "/api/v1/groups/rules";

interface Rule {
  readonly id: string;
  readonly status: string;
  readonly conditions: { readonly people: { readonly users: { readonly exclude: readonly string[] } } };
}

async function group(org: SandboxOrg): Promise<string> {
  return ((await org.call("POST", "/api/v1/groups", { profile: { name: "Paris" } })).body as { id: string }).id;
}

async function user(org: SandboxOrg, name: string, city: string): Promise<string> {
  const login = `${name}@example.com`;
  const profile = { firstName: name, lastName: "X", email: login, login, city };
  return ((await org.call("POST", "/api/v1/users?activate=false", { profile })).body as { id: string }).id;
}

function ruleBody(groupId: string, value = 'user.city == "Paris"'): object {
  return {
    type: "group_rule",
    name: "Parisians",
    conditions: { expression: { value, type: "urn:okta:expression:1.0" } },
    actions: { assignUserToGroups: { groupIds: [groupId] } },
  };
}

async function rule(org: SandboxOrg, groupId: string): Promise<string> {
  const made = (await org.call("POST", base, ruleBody(groupId))).body as Rule;
  assert.equal(made.status, "INACTIVE");
  assert.equal((await org.call("POST", `${base}/${made.id}/lifecycle/activate`)).status, 204);
  return made.id;
}

async function members(org: SandboxOrg, groupId: string): Promise<readonly string[]> {
  return ((await org.call("GET", `/api/v1/groups/${groupId}/users`)).body as { id: string }[]).map(({ id }) => id);
}

test("take in who fits when they become active, who comes later, and who comes to fit", () =>
  withSandbox({}, async (org) => {
    const [groupId, first, other] = [await group(org), await user(org, "ada", "Paris"), await user(org, "bob", "Rome")];
    await rule(org, groupId);
    assert.deepEqual(await members(org, groupId), [first]);
    const later = await user(org, "cleo", "Paris");
    await org.call("POST", `/api/v1/users/${other}`, { profile: { city: "Paris" } });
    await org.call("POST", `/api/v1/users/${first}`, { profile: { city: "Rome" } });
    assert.deepEqual(await members(org, groupId), [other, later]);
  }));

test("leave alone for good who was removed by hand", () =>
  withSandbox({}, async (org) => {
    const [groupId, ada] = [await group(org), await user(org, "ada", "Paris")];
    const id = await rule(org, groupId);
    assert.equal((await org.call("DELETE", `/api/v1/groups/${groupId}/users/${ada}`)).status, 204);
    const shown = (await org.call("GET", `${base}/${id}`)).body as Rule;
    assert.deepEqual(shown.conditions.people.users.exclude, [ada]);
    await org.call("POST", `/api/v1/users/${ada}`, { profile: { city: "Rome" } });
    await org.call("POST", `/api/v1/users/${ada}`, { profile: { city: "Paris" } });
    assert.deepEqual(await members(org, groupId), []);
  }));

test("are listed, changed while inactive only, and removed", () =>
  withSandbox({}, async (org) => {
    const groupId = await group(org);
    const id = await rule(org, groupId);
    assert.equal((await org.call("PUT", `${base}/${id}`, ruleBody(groupId))).status, 400);
    assert.equal((await org.call("POST", `${base}/${id}/lifecycle/deactivate`)).status, 204);
    assert.equal((await org.call("PUT", `${base}/${id}`, ruleBody(groupId, 'user.city == "Rome"'))).status, 200);
    assert.deepEqual(
      ((await org.call("GET", base)).body as Rule[]).map((one) => one.id),
      [id],
    );
    assert.equal((await org.call("DELETE", `${base}/${id}`)).status, 202);
    assert.equal((await org.call("GET", `${base}/${id}`)).status, 404);
  }));

for (const value of [
  "",
  "user.city",
  "user.city = 'x'",
  'org.city == "x"',
  '(user.city == "x"',
  'user.city == "x" and',
  'Nope.f(user.city, "x")',
]) {
  test(`cannot be made of the expression ${JSON.stringify(value)}`, () =>
    withSandbox({}, async (org) => {
      const refused = await org.call("POST", base, ruleBody(await group(org), value));
      assert.deepEqual([refused.status, (refused.body as { errorCode: string }).errorCode], [400, "E0000001"]);
    }));
}

test.run();
