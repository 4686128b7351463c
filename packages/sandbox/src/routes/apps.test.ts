import assert from "node:assert/strict";
import { type SandboxOrg, type SandboxReply, withSandbox } from "../../../../test/support/sandbox.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("applications of the simulated org");
const base = "/api/v1/apps";

interface App {
  readonly id: string;
  readonly label: string;
  readonly status: string;
  readonly scope: string;
}

async function listed(org: SandboxOrg, path: string): Promise<App[]> {
  return (await org.call("GET", path)).body as App[];
}

async function appCalled(org: SandboxOrg, label: string): Promise<string> {
  return (await listed(org, base)).find((app) => app.label === label)?.id ?? assert.fail(`no ${label}`);
}

async function userId(org: SandboxOrg, name: string): Promise<string> {
  return ((await org.call("GET", `/api/v1/users/${name}`)).body as { id: string }).id;
}

function refused({ status, body }: SandboxReply): readonly [number, string] {
  return [status, (body as { errorCode: string }).errorCode];
}

test("an application is made, read, changed, made inactive and removed", () =>
  withSandbox({}, async (org) => {
    const bookmark = { name: "bookmark", label: "Wiki", signOnMode: "BOOKMARK", settings: { app: { url: "https://wiki.example.com" } } };
    const made = (await org.call("POST", base, bookmark)).body as App;
    assert.deepEqual([made.status, made.id.slice(0, 3)], ["ACTIVE", "0oa"]);
    assert.equal(((await org.call("PUT", `${base}/${made.id}`, { ...bookmark, label: "Handbook" })).body as App).label, "Handbook");
    assert.deepEqual(refused(await org.call("DELETE", `${base}/${made.id}`)), [403, "E0000056"]);
    assert.equal((await org.call("POST", `${base}/${made.id}/lifecycle/deactivate`)).status, 200);
    assert.equal((await org.call("DELETE", `${base}/${made.id}`)).status, 204);
    assert.deepEqual(refused(await org.call("GET", `${base}/${made.id}`)), [404, "E0000007"]);
    for (const body of [{}, { ...bookmark, label: "" }, { ...bookmark, signOnMode: "X" }, { ...bookmark, settings: {} }])
      assert.deepEqual(refused(await org.call("POST", base, body)), [400, "E0000001"]);
  }));

test("are listed by page, by the beginning of a name, by status and by who has access", () =>
  withSandbox({ users: 40 }, async (org) => {
    const all = await listed(org, base);
    const first = await org.call("GET", `${base}?limit=3`);
    assert.match(first.headers.get("link") ?? "", /after=0oa\w+/);
    const inactive = await listed(org, `${base}?filter=${encodeURIComponent('status eq "INACTIVE"')}`);
    assert.deepEqual([all.length, (first.body as App[]).length, inactive.map(({ label }) => label)], [7, 3, ["Old Customers"]]);
    assert.deepEqual(
      (await listed(org, `${base}?q=mai`)).map(({ label }) => label),
      ["Mail"],
    );
    const user = await userId(org, "user000003");
    const found = await listed(org, `${base}?filter=${encodeURIComponent(`user.id eq "${user}"`)}`);
    const mine = new Set(found.map(({ label }) => label));
    assert.ok(mine.has("Mail") && mine.has("Canteen Menu"));
    await org.call("POST", `/api/v1/users/${user}/lifecycle/deactivate`);
    assert.deepEqual(await listed(org, `${base}?filter=${encodeURIComponent(`user.id eq "${user}"`)}&expand=user/${user}`), []);
    assert.deepEqual(refused(await org.call("GET", `${base}?filter=${encodeURIComponent('label eq "x"')}`)), [400, "E0000053"]);
    assert.deepEqual(refused(await org.call("GET", `${base}?expand=group/1`)), [400, "E0000001"]);
    assert.deepEqual(refused(await org.call("GET", `${base}?after=nonsense`)), [400, "E0000029"]);
  }));

test("show who has access by itself and who through a group, and forget to expand on the next page", () =>
  withSandbox({ users: 400 }, async (org) => {
    const payroll = await appCalled(org, "Payroll");
    const users = await listed(org, `${base}/${payroll}/users`);
    assert.deepEqual(new Set(users.map(({ scope }) => scope)), new Set(["USER", "GROUP"]));
    const page = await org.call("GET", `${base}/${payroll}/users?limit=1&expand=user`);
    assert.match(JSON.stringify(page.body), /"_embedded":\{"user"/);
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? "";
    assert.ok(next !== "" && !next.includes("expand"));
  }));

test("end a user's own assignment, and refuse to end what a group grants", () =>
  withSandbox({ users: 3 }, async (org) => {
    const [mail, canteen, user] = [await appCalled(org, "Mail"), await appCalled(org, "Canteen Menu"), await userId(org, "user000000")];
    assert.deepEqual(refused(await org.call("DELETE", `${base}/${mail}/users/${user}`)), [403, "E0000046"]);
    const path = `${base}/${canteen}/users/${user}`;
    assert.equal((await org.call("DELETE", path)).status, 204);
    assert.deepEqual(refused(await org.call("GET", path)), [404, "E0000007"]);
    assert.equal(((await org.call("POST", `${base}/${canteen}/users`, { id: user, scope: "USER" })).body as App).scope, "USER");
    assert.equal((await org.call("GET", path)).status, 200);
  }));

test("are lost with a deactivation, and do not come back with an activation", () =>
  withSandbox({ users: 4 }, async (org) => {
    const [canteen, user] = [await appCalled(org, "Canteen Menu"), await userId(org, "user000003")];
    const path = `${base}/${canteen}/users/${user}`;
    assert.equal((await org.call("GET", path)).status, 200);
    await org.call("POST", `/api/v1/users/${user}/lifecycle/deactivate`);
    const { entries } = (await org.call("GET", "/sandbox/ledger?effect=app.userUnassigned")).body as { entries: { object: string }[] };
    assert.deepEqual(
      entries.map(({ object }) => object),
      [`${canteen}/${user}`],
    );
    await org.call("POST", `/api/v1/users/${user}/lifecycle/activate`);
    assert.deepEqual(refused(await org.call("GET", path)), [404, "E0000007"]);
  }));

test("are none of a user who was deactivated from the start", () =>
  withSandbox({ users: 300, statuses: "mixed" }, async (org) => {
    const links = async () => (await org.call("GET", "/api/v1/users/user000297/appLinks")).body as { label: string }[];
    assert.equal((await org.call("POST", "/api/v1/users/user000297/lifecycle/activate")).status, 200);
    assert.ok((await links()).every(({ label }) => label.startsWith("Mail")));
  }));

test("are assigned to groups, whose members then have access", () =>
  withSandbox({ users: 3 }, async (org) => {
    const canteen = await appCalled(org, "Canteen Menu");
    const everyone = (await listed(org, "/api/v1/groups?q=Everyone"))[0]?.id ?? "";
    const path = `${base}/${canteen}/groups`;
    assert.equal((await org.call("PUT", `${path}/${everyone}`, {})).status, 200);
    assert.equal((await listed(org, `${base}/${canteen}/users`)).length, 3);
    assert.match(JSON.stringify(await listed(org, `${path}?expand=group`)), /"name":"Everyone"/);
    assert.doesNotMatch(JSON.stringify(await listed(org, path)), /Everyone/);
    assert.equal((await org.call("DELETE", `${path}/${everyone}`)).status, 204);
    assert.deepEqual(await listed(org, path), []);
  }));

test("stand in a user's launcher once for each link, active ones only", () =>
  withSandbox({ users: 40 }, async (org) => {
    const links = (await org.call("GET", "/api/v1/users/user000000/appLinks")).body as { label: string; appInstanceId: string }[];
    const labels = new Set(links.map(({ label }) => label));
    assert.ok(labels.has("Mail mail") && labels.has("Mail calendar") && !labels.has("Old Customers"));
  }));

test.run();
