import assert from "node:assert/strict";
import { type SandboxOrg, withSandbox } from "../../../../test/support/sandbox.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("the system log of the simulated org");

interface Event {
  readonly uuid: string;
  readonly eventType: string;
  readonly target: readonly { readonly type: string; readonly displayName: string }[];
}

async function makeGroups(org: SandboxOrg, ...names: readonly string[]): Promise<void> {
  for (const name of names) await org.call("POST", "/api/v1/groups", { profile: { name } });
}

async function read(org: SandboxOrg, query: Readonly<Record<string, string>> | string) {
  const path = typeof query === "string" ? query : `/api/v1/logs?${new URLSearchParams(query).toString()}`;
  const { status, body, headers } = await org.call("GET", path);
  const next = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? null;
  const events = status === 200 ? (body as Event[]) : [];
  return { status, body, events, next, names: events.map(({ target }) => target[0]?.displayName) };
}

const until = "2999-01-01T00:00:00Z";
const since = "2020-01-01T00:00:00Z";

test("tells what was done, to what, and by which request", () =>
  withSandbox({ users: 1 }, async (org) => {
    await makeGroups(org, "Pilots");
    const { body } = await org.call("GET", "/api/v1/users/user000000");
    await org.call("POST", `/api/v1/users/${(body as { id: string }).id}/lifecycle/suspend`);
    const { events } = await read(org, { since, until });
    assert.deepEqual(
      events.map(({ eventType, target }) => [eventType, target[0]?.type]),
      [
        ["group.lifecycle.create", "UserGroup"],
        ["user.lifecycle.suspend", "User"],
      ],
    );
    assert.match(JSON.stringify(events[0]), /"debugData":\{"requestId":"\w+/);
  }));

async function typesOf(org: SandboxOrg, ...requests: readonly (readonly [method: string, path: string, body?: unknown])[]) {
  const before = (await read(org, { since, until })).events.length;
  for (const [method, path, body] of requests) assert.ok((await org.call(method, path, body)).status < 300, `${method} ${path}`);
  return (await read(org, { since, until })).events.slice(before).map(({ eventType, target }) => [eventType, target[0]?.displayName]);
}

test("tells a password that was set from a profile that was changed", () =>
  withSandbox({ users: 1 }, async (org) => {
    const path = "/api/v1/users/user000000";
    const { body } = await org.call("GET", path);
    const { profile } = body as { profile: object };
    const credentials = { password: { value: "Quiet-7-Rivers" } };
    const both = await typesOf(
      org,
      ["POST", path, { credentials }],
      ["PUT", path, { profile, credentials: { password: { value: "Loud-8-Rivers" } } }],
    );
    assert.deepEqual(
      both.map(([type]) => type),
      ["user.account.update_password", "user.account.update_profile", "user.account.update_password"],
    );
    const { entries } = (await org.call("GET", "/sandbox/ledger?effect=user.passwordSet")).body as { entries: readonly unknown[] };
    assert.equal(entries.length, 2);
  }));

test("tells of schemas and of user types", () =>
  withSandbox({}, async (org) => {
    const definitions = { custom: { properties: { badge: { title: "Badge", type: "string" } } } };
    const told = await typesOf(
      org,
      ["POST", "/api/v1/meta/schemas/user/default", { definitions }],
      ["POST", "/api/v1/meta/schemas/group/default", { definitions }],
      ["POST", "/api/v1/meta/types/user", { name: "contractor", displayName: "Contractor" }],
    );
    assert.deepEqual(told, [
      ["directory.user_profile.update", "User"],
      ["directory.group_profile.update", "Group"],
      ["directory.non_default_user_profile.create", "Contractor"],
    ]);
  }));

test("tells of all that a user loses, and names what is gone", () =>
  withSandbox({ users: 1 }, async (org) => {
    const path = "/api/v1/users/user000000";
    const { body } = await org.call("GET", path);
    const { profile } = body as { profile: { firstName: string; lastName: string } };
    const groups = (await org.call("GET", `${path}/groups`)).body as { type: string; profile: { name: string } }[];
    const left = groups.filter(({ type }) => type !== "BUILT_IN").map((group) => ["group.user_membership.remove", group.profile.name]);
    const told = await typesOf(org, ["DELETE", path], ["DELETE", path]);
    const name = `${profile.firstName} ${profile.lastName}`;
    assert.ok(left.length > 0);
    assert.deepEqual(told, [
      ["user.lifecycle.deactivate", name],
      ["application.user_membership.remove", "Canteen Menu"],
      ["user.lifecycle.delete.initiated", name],
      ...left,
    ]);
  }));

test("says nothing of what changed nothing, or was refused", () =>
  withSandbox({ users: 1 }, async (org) => {
    await makeGroups(org, "Pilots", "Pilots");
    assert.equal((await read(org, { since, until })).events.length, 1);
  }));

test("ends when it is bounded", () =>
  withSandbox({}, async (org) => {
    await makeGroups(org, "A", "B", "C");
    const first = await read(org, { since, until, limit: "2" });
    const second = await read(org, first.next ?? "");
    assert.deepEqual([first.names, second.names, second.next], [["A", "B"], ["C"], null]);
    assert.deepEqual((await read(org, { since, until: "2021-01-01T00:00:00Z" })).events, []);
    assert.deepEqual((await read(org, { since, until, sortOrder: "DESCENDING" })).names, ["C", "B", "A"]);
  }));

test("never ends when it is polled: each page, the empty one too, leads on", () =>
  withSandbox({}, async (org) => {
    await makeGroups(org, "A");
    const first = await read(org, { since });
    const empty = await read(org, first.next ?? "");
    assert.deepEqual([first.names, empty.names, empty.next !== null], [["A"], [], true]);
    await makeGroups(org, "B");
    assert.deepEqual((await read(org, empty.next ?? "")).names, ["B"]);
  }));

test("finds by filter and by words", () =>
  withSandbox({}, async (org) => {
    await makeGroups(org, "Pilots", "Divers");
    const filtered = await read(org, { since, until, filter: 'target.displayName co "ilo" and eventType sw "group."' });
    assert.deepEqual([filtered.names, (await read(org, { since, until, q: "divers create" })).names], [["Pilots"], ["Divers"]]);
  }));

const refused: readonly (readonly [query: Readonly<Record<string, string>>, errorCode: string])[] = [
  [{ since: "yesterday" }, "E0000001"],
  [{ until: "2026-13-01T00:00:00Z" }, "E0000001"],
  [{ limit: "1001" }, "E0000001"],
  [{ limit: "-1" }, "E0000001"],
  [{ q: "a b c d e f g h i j k" }, "E0000001"],
  [{ filter: 'nothing eq "x"' }, "E0000053"],
  [{ filter: "eventType eq" }, "E0000053"],
  [{ after: "nonsense" }, "E0000029"],
];
for (const [query, errorCode] of refused) {
  test(`refuses ${JSON.stringify(query)}`, () =>
    withSandbox({}, async (org) => {
      const { status, body } = await read(org, query);
      assert.deepEqual([status, (body as { errorCode: string }).errorCode], [400, errorCode]);
    }));
}

test.run();
