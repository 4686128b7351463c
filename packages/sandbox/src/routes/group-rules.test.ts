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

interface Told {
  readonly effect: string;
  readonly object: string;
  readonly byRule?: string;
}

interface Event {
  readonly eventType: string;
  readonly actor: { readonly type: string };
  readonly target: readonly { readonly id: string; readonly displayName: string }[];
  readonly debugContext: { readonly debugData: Readonly<Record<string, string>> };
}

/** What the ledger and the log say of what `work` did. */
async function toldOf(org: SandboxOrg, work: () => Promise<unknown>) {
  const ledger = async () => (await org.call("GET", "/sandbox/ledger")).body as { total: number; entries: readonly Told[] };
  const log = async () => (await org.call("GET", "/api/v1/logs?limit=1000")).body as readonly Event[];
  const [before, written] = [(await ledger()).total, (await log()).length];
  await work();
  const effects = (await ledger()).entries.slice(before).map(({ effect, object, byRule }) => [effect, object, byRule ?? null]);
  return { effects, events: (await log()).slice(written) };
}

test("leave their traces in the ledger and in the log, as the doing of the rule", () =>
  withSandbox({}, async (org) => {
    const [groupId, ada] = [await group(org), await user(org, "ada", "Paris")];
    const id = ((await org.call("POST", base, ruleBody(groupId))).body as Rule).id;
    const membership = `${groupId}/${ada}`;
    const activated = await toldOf(org, () => org.call("POST", `${base}/${id}/lifecycle/activate`));
    assert.deepEqual(activated.effects, [
      ["groupRule.activated", id, null],
      ["group.memberAdded", membership, id],
    ]);
    const [byHand, byRule] = activated.events;
    assert.deepEqual([byHand?.actor.type, byRule?.eventType], ["User", "group.user_membership.add"]);
    assert.deepEqual([byRule?.actor.type, byRule?.debugContext.debugData["triggeredByGroupRuleId"]], ["SystemPrincipal", id]);
    assert.deepEqual(
      byRule?.target.map((target) => target.id),
      [groupId, ada],
    );
    const moved = await toldOf(org, () => org.call("POST", `/api/v1/users/${ada}`, { profile: { city: "Rome" } }));
    assert.deepEqual(moved.effects, [
      ["user.updated", ada, null],
      ["group.memberRemoved", membership, id],
    ]);
    assert.deepEqual(
      moved.events.map(({ eventType }) => eventType),
      ["user.account.update_profile", "group.user_membership.remove"],
    );
    assert.equal(moved.events[0]?.debugContext.debugData["changedAttributes"], "city");
    const created = await toldOf(org, () => user(org, "cleo", "Paris"));
    assert.deepEqual(
      created.effects.map(([effect, , rule]) => [effect, rule]),
      [
        ["user.created", null],
        ["group.memberAdded", id],
      ],
    );
  }));

test("say whom they leave alone from now on", () =>
  withSandbox({}, async (org) => {
    const [groupId, ada] = [await group(org), await user(org, "ada", "Paris")];
    const id = await rule(org, groupId);
    const removed = await toldOf(org, () => org.call("DELETE", `/api/v1/groups/${groupId}/users/${ada}`));
    assert.deepEqual(removed.effects, [
      ["group.memberRemoved", `${groupId}/${ada}`, null],
      ["groupRule.userExcluded", `${id}/${ada}`, null],
    ]);
    assert.equal(removed.events[1]?.eventType, "group.user_membership.rule.add_exclusion");
  }));

test("keep their members when they become inactive, and take them along only when they are deleted so", () =>
  withSandbox({}, async (org) => {
    const [groupId, ada] = [await group(org), await user(org, "ada", "Paris")];
    const id = await rule(org, groupId);
    await org.call("POST", `${base}/${id}/lifecycle/deactivate`);
    assert.deepEqual(await members(org, groupId), [ada]);
    const deleted = await toldOf(org, () => org.call("DELETE", `${base}/${id}?removeUsers=true`));
    assert.deepEqual(deleted.effects.slice(1), [["group.memberRemoved", `${groupId}/${ada}`, id]]);
    assert.equal(deleted.events[0]?.target[0]?.displayName, "Parisians");
    assert.deepEqual(await members(org, groupId), []);
  }));

test("do not take away what another rule grants", () =>
  withSandbox({}, async (org) => {
    const [groupId, ada] = [await group(org), await user(org, "ada", "Paris")];
    await rule(org, groupId);
    const other = { ...ruleBody(groupId, 'user.firstName == "ada"'), name: "Adas" };
    const otherId = ((await org.call("POST", base, other)).body as Rule).id;
    await org.call("POST", `${base}/${otherId}/lifecycle/activate`);
    const moved = await toldOf(org, () => org.call("POST", `/api/v1/users/${ada}`, { profile: { city: "Rome" } }));
    assert.deepEqual([await members(org, groupId), moved.effects], [[ada], [["user.updated", ada, null]]]);
    await org.call("POST", `/api/v1/users/${ada}`, { profile: { firstName: "Eve" } });
    assert.deepEqual(await members(org, groupId), []);
  }));

test("look at a user who comes back, and not at one who is deactivated", () =>
  withSandbox({}, async (org) => {
    const [groupId, ada] = [await group(org), await user(org, "ada", "Paris")];
    await org.call("POST", `/api/v1/users/${ada}/lifecycle/deactivate`);
    await rule(org, groupId);
    assert.deepEqual(await members(org, groupId), []);
    await org.call("POST", `/api/v1/users/${ada}/lifecycle/activate`);
    assert.deepEqual(await members(org, groupId), [ada]);
    await org.call("POST", `/api/v1/users/${ada}/lifecycle/deactivate`);
    assert.deepEqual(await members(org, groupId), [ada]);
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
