import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { type SandboxOrg, type SandboxReply, withSandbox } from "../../../../test/support/sandbox.ts";

const test = suite("groups of the simulated org");

interface Group {
  readonly id: string;
  readonly type: string;
  readonly lastUpdated: string;
  readonly lastMembershipUpdated: string;
  readonly profile: { readonly name: string; readonly description: string | null };
}

function errorCode(reply: SandboxReply): string {
  return (reply.body as { errorCode: string }).errorCode;
}

async function groups(org: SandboxOrg, query = ""): Promise<Group[]> {
  return (await org.call("GET", `/api/v1/groups${query}`)).body as Group[];
}

async function create(org: SandboxOrg, name: string): Promise<Group> {
  return (await org.call("POST", "/api/v1/groups", { profile: { name, description: "made by a test" } })).body as Group;
}

async function userId(org: SandboxOrg, index: number): Promise<string> {
  return ((await org.call("GET", `/api/v1/users/user00000${index}`)).body as { id: string }).id;
}

test("a group is made, read, replaced and removed", async () => {
  await withSandbox({}, async (org) => {
    const made = await create(org, "Night Shift");
    assert.match(made.id, /^00g[0-9A-Za-z]{17}$/);
    assert.deepEqual((await org.call("GET", `/api/v1/groups/${made.id}`)).body, made);
    const replaced = (await org.call("PUT", `/api/v1/groups/${made.id}`, { profile: { name: "Day Shift" } })).body as Group;
    assert.deepEqual(replaced.profile, { name: "Day Shift", description: null });
    assert.equal((await org.call("DELETE", `/api/v1/groups/${made.id}`)).status, 204);
    const gone = await org.call("GET", `/api/v1/groups/${made.id}`);
    assert.equal((gone.body as { errorSummary: string }).errorSummary, `Not found: Resource not found: ${made.id} (UserGroup)`);
  });
});

test("names are unique among OKTA_GROUPs only", async () => {
  await withSandbox({}, async (org) => {
    assert.equal(errorCode(await org.call("POST", "/api/v1/groups", { profile: { name: "Engineering" } })), "E0000001");
    assert.equal((await org.call("POST", "/api/v1/groups", { profile: { name: "Directory Readers" } })).status, 200);
    const twins = (await groups(org, "?q=engineering")).map((group) => group.type);
    assert.deepEqual(twins.toSorted(), ["APP_GROUP", "OKTA_GROUP"]);
  });
});

test("a membership is added and removed, each as often as one likes", async () => {
  await withSandbox({ users: 3 }, async (org) => {
    const [group, user] = [await create(org, "Night Shift"), await userId(org, 1)];
    const path = `/api/v1/groups/${group.id}/users/${user}`;
    const members = async () => ((await org.call("GET", `/api/v1/groups/${group.id}/users`)).body as Group[]).map((member) => member.id);
    const mine = async () => ((await org.call("GET", `/api/v1/users/${user}/groups`)).body as Group[]).map((each) => each.profile.name);
    for (let time = 0; time < 2; time += 1) assert.equal((await org.call("PUT", path)).status, 204);
    assert.deepEqual(await members(), [user]);
    assert.ok((await mine()).includes("Night Shift") && (await mine()).includes("Everyone"));
    for (let time = 0; time < 2; time += 1) assert.equal((await org.call("DELETE", path)).status, 204);
    assert.deepEqual(await members(), []);
    const { entries } = (await org.call("GET", `/sandbox/ledger?object=${group.id}/${user}`)).body as { entries: { changed: boolean }[] };
    assert.deepEqual(
      entries.map((entry) => entry.changed),
      [true, false, true, false],
    );
  });
});

test("memberships of built-in and app groups cannot be changed by hand", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const user = await userId(org, 0);
    const others = (await groups(org)).filter((group) => group.type !== "OKTA_GROUP");
    assert.equal(others.length, 3);
    for (const group of others) {
      assert.equal(errorCode(await org.call("PUT", `/api/v1/groups/${group.id}/users/${user}`)), "E0000001");
      assert.equal(errorCode(await org.call("DELETE", `/api/v1/groups/${group.id}/users/${user}`)), "E0000001");
      assert.equal(errorCode(await org.call("PUT", `/api/v1/groups/${group.id}`, { profile: { name: "Mine" } })), "E0000001");
    }
  });
});

test("a membership of somebody or something unknown is a 404 that names it", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const group = await create(org, "Night Shift");
    const summaryOf = async (path: string) => ((await org.call("PUT", path)).body as { errorSummary: string }).errorSummary;
    assert.match(await summaryOf(`/api/v1/groups/${group.id}/users/00uabsent`), /00uabsent \(User\)$/);
    assert.match(await summaryOf(`/api/v1/groups/00gabsent/users/${await userId(org, 0)}`), /00gabsent \(UserGroup\)$/);
  });
});

test("the members of a group are shown page by page, each once", async () => {
  await withSandbox({ users: 2_500 }, async (org) => {
    const everyone = (await groups(org)).find((group) => group.type === "BUILT_IN") as Group;
    const seen: string[] = [];
    let next: string | undefined = `/api/v1/groups/${everyone.id}/users`;
    while (next !== undefined) {
      const reply: SandboxReply = await org.call("GET", next);
      seen.push(...(reply.body as Group[]).map((member) => member.id));
      next = /<([^>]+)>; rel="next"/.exec(reply.headers.get("link") ?? "")?.[1];
    }
    assert.deepEqual([seen.length, new Set(seen).size], [2_500, 2_500]);
  });
});

test("groups in the department's name hold exactly the users of that department", async () => {
  await withSandbox({ users: 200 }, async (org) => {
    const sales = (await groups(org, `?search=${encodeURIComponent('profile.name eq "sales"')}`))[0] as Group;
    const members = (await org.call("GET", `/api/v1/groups/${sales.id}/users`)).body as { id: string; profile: { department: string } }[];
    const users = (await org.call("GET", "/api/v1/users")).body as { id: string; profile: { department: string } }[];
    assert.deepEqual(
      members.map((member) => member.id),
      users.filter((user) => user.profile.department === "Sales").map((user) => user.id),
    );
  });
});

test("searches know the attributes that the org has added, and no others", async () => {
  await withSandbox({ indexLagMs: 0 }, async (org) => {
    const search = (text: string) => org.call("GET", `/api/v1/groups?search=${encodeURIComponent(text)}`);
    assert.equal(errorCode(await search('profile.owner eq "ada"')), "E0000031");
    const properties = { owner: { title: "Owner", type: "string" } };
    await org.call("POST", "/api/v1/meta/schemas/group/default", { definitions: { custom: { properties } } });
    await org.call("POST", "/api/v1/groups", { profile: { name: "Pilots", owner: "Ada" } });
    const found = (await search('profile.owner eq "ada"')).body as Group[];
    assert.deepEqual(
      found.map(({ profile }) => profile.name),
      ["Pilots"],
    );
    assert.equal(errorCode(await search('profile.owner co "d"')), "E0000031");
  });
});

test("a change of members moves lastMembershipUpdated, a change of the profile lastUpdated", async () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, sleep: () => Promise.resolve() };
  await withSandbox({ users: 1, clock, indexLagMs: 0 }, async (org) => {
    const group = await create(org, "Night Shift");
    const since = new Date(nowMs).toISOString();
    nowMs += 1_000;
    await org.call("PUT", `/api/v1/groups/${group.id}/users/${await userId(org, 0)}`);
    const named = async (expression: string) =>
      (await groups(org, `?filter=${encodeURIComponent(expression)}`)).map((each) => each.profile.name);
    assert.deepEqual(await named(`lastMembershipUpdated gt "${since}"`), ["Night Shift"]);
    assert.deepEqual(await named(`lastUpdated gt "${since}"`), []);
    assert.equal(errorCode(await org.call("GET", `/api/v1/groups?filter=${encodeURIComponent('profile.name eq "x"')}`)), "E0000053");
    assert.equal(errorCode(await org.call("GET", `/api/v1/groups?search=${encodeURIComponent('type co "OKTA"')}`)), "E0000031");
  });
});

test.run();
