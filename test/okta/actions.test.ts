import assert from "node:assert/strict";
import { type LongarmError, newId, Secret } from "@longarm/shared";
import { seededLogin } from "@longarm/sandbox";
import { createCatalogue, readBody, toRequestForm, type AnyAction } from "@longarm/spoke";
import { liveContext } from "@longarm/spoke/testing";
import { type OktaOrg as Org, withOktaOrg as withOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";
import { okta } from "@longarm/okta";
import { streamUsers } from "../../packages/okta/src/streams/users.ts";

const test = suite("the Okta spoke against an org");
const catalogue = createCatalogue([okta]);
const ada = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };

async function makeGroup({ sandbox }: Org, name: string): Promise<string> {
  const { body } = await sandbox.call("POST", "/api/v1/groups", { profile: { name } });
  return (body as { id: string }).id;
}

/** The users that the stream yields over all its pages, and how many pages there were. */
async function streamed(org: Org, wish: Readonly<Record<string, unknown>>) {
  const input = catalogue.checkInput(streamUsers, wish) as Parameters<typeof streamUsers.start>[0];
  const { method, ...request } = streamUsers.start(input);
  const call = {
    runId: newId("run"),
    callId: newId("call"),
    attempt: 1,
    effect: "read",
    method,
    baseUrl: org.sandbox.url,
    auth: { scheme: "ssws", token: new Secret(org.sandbox.token) },
  } as const;
  const users: string[] = [];
  let pages = 0;
  for await (const page of org.executor.pages(
    { ...call, ...toRequestForm(request), timeoutMs: 10_000, maxResponseBytes: 5_000_000, pagesAhead: 2, windowBytes: 1_000_000 },
    new AbortController().signal,
  )) {
    if (page.kind === "failure") throw page.error;
    const response = { status: page.status, headers: page.headers, body: readBody(page.body) };
    if (page.status !== 200) throw okta.explain(response);
    users.push(...streamUsers.page(response, input).items.map((user) => streamUsers.identify(user)));
    pages += 1;
  }
  return { users, pages };
}

test("creates a user, finds it, reads it, suspends it once, and adds it to a group once", () =>
  withOrg({}, async (org) => {
    const group = await makeGroup(org, 'R&D "North"');
    const created = await org.run("okta.user.create", { profile: { ...ada, department: "R&D" }, password: "Correct-horse-9", groups: [] });
    assert.deepEqual([created["created"], created["status"]], [true, "ACTIVE"]);
    assert.deepEqual(await org.run("okta.user.findId", { login: "ADA" }), { found: true, id: created["id"] });
    const read = await org.run("okta.user.get", { user: "ada@example.com" });
    assert.deepEqual([read["login"], read["status"], read["provider"]], ["ada@example.com", "ACTIVE", { type: "OKTA", name: "OKTA" }]);
    assert.match(String(read["etag"]), /^W\//);
    assert.deepEqual(await org.run("okta.group.addUser", { group, user: "ada" }), { changed: true });
    assert.deepEqual(await org.run("okta.group.addUser", { group, user: created["id"] }), { changed: false });
    assert.deepEqual(await org.run("okta.user.suspend", { user: "ada" }), { status: "SUSPENDED", changed: true });
    assert.deepEqual(await org.run("okta.user.suspend", { user: "ada" }), { status: "SUSPENDED", changed: false });
  }));

test("knows a login that is taken, and makes no second user", () =>
  withOrg({}, async (org) => {
    const { id } = await org.run("okta.user.create", { profile: ada, activate: false });
    await assert.rejects(
      org.run("okta.user.create", { profile: ada }),
      (reason: LongarmError) => reason.code === "already_exists" && reason.details["id"] === id,
    );
    const returned = await org.run("okta.user.create", { profile: ada, ifExists: "return" });
    assert.deepEqual([returned["id"], returned["created"], returned["status"]], [id, false, "STAGED"]);
    await assert.rejects(org.run("okta.user.create", { profile: { ...ada, login: "eve@example.com", noSuchField: 1 } }), {
      code: "invalid_request",
      message: /input\/profile\/noSuchField is no field of a user in this org/,
    });
  }));

test("fails clearly for who and what is not there", () =>
  withOrg({ indexLagMs: 0 }, async (org) => {
    const { id } = await org.run("okta.user.create", { profile: ada, activate: false });
    assert.deepEqual(await org.run("okta.user.findId", { login: "nobody@example.com" }), { found: false, id: null });
    await assert.rejects(org.run("okta.user.get", { user: "00u1234567890ABCDEFG" }), { code: "user_not_found" });
    await assert.rejects(org.run("okta.user.suspend", { user: id }), { code: "invalid_state", message: /STAGED/ });
    await assert.rejects(org.run("okta.group.addUser", { group: "00g1234567890ABCDEFG", user: id }), { code: "group_not_found" });
    await assert.rejects(org.run("okta.group.addUser", { group: "name:Nothing", user: id }), { code: "group_not_found" });
  }));

test("finds a group by its exact name in the org's index", () =>
  withOrg({ indexLagMs: 0 }, async (org) => {
    await makeGroup(org, 'R&D "North" \\ 1');
    await makeGroup(org, "R&D");
    const { id } = await org.run("okta.user.create", { profile: ada, activate: false });
    assert.deepEqual(await org.run("okta.group.addUser", { group: 'name:R&D "North" \\ 1', user: id }), { changed: true });
  }));

test("streams every user once, the deprovisioned too, over all pages", () =>
  withOrg({ users: 1_000, statuses: "mixed" }, async (org) => {
    const all = await streamed(org, {});
    assert.deepEqual([all.users.length, new Set(all.users).size, all.pages], [1_000, 1_000, 5]);
    const most = await streamed(org, { includeDeprovisioned: false });
    assert.ok(most.users.length < 1_000 && most.users.length > 900);
    const dropped = await streamed(org, {
      filter: 'status eq "DEPROVISIONED" or status eq "ACTIVE"',
      includeDeprovisioned: false,
      fields: ["profile.login"],
    });
    assert.ok(dropped.users.length > 0 && dropped.users.every((id) => most.users.includes(id)));
  }));

test("streams what a search finds, in its order", () =>
  withOrg({ users: 300, indexLagMs: 0 }, async (org) => {
    const { users } = await streamed(org, { search: `profile.login eq "${seededLogin(7)}"`, sortBy: "profile.login" });
    assert.equal(users.length, 1);
    await assert.rejects(streamed(org, { search: "profile.login is wrong" }), { code: "invalid_request" });
  }));

test("explains a wrong token, a limit that is used up and a server that fails", () =>
  withOrg({}, async (org) => {
    const { executor, sandbox } = org;
    const stranger = liveContext({ executor, baseUrl: sandbox.url, auth: { scheme: "ssws", token: new Secret("wrong") } });
    const find = catalogue.get("okta.user.findId") as AnyAction;
    await assert.rejects(find.run(stranger, { login: "ada" }), { code: "authentication_failed" });
    for (const [status, code] of [
      [429, "rate_limited"],
      [500, "target_error"],
      [403, "permission_missing"],
    ] as const) {
      await sandbox.call("POST", "/sandbox/faults", { match: { path: "/api/v1/users", count: 1 }, kind: "status", status });
      await assert.rejects(org.run("okta.user.findId", { login: "ada" }), { code });
    }
  }));

test("lets a cut connection pass as what it is", () =>
  withOrg({}, async (org) => {
    await org.sandbox.call("POST", "/sandbox/faults", {
      match: { method: "POST", path: "/api/v1/users", count: 1 },
      kind: "cutAfterApply",
    });
    await assert.rejects(org.run("okta.user.create", { profile: ada }), { code: "target_reset" });
    assert.equal((await org.run("okta.user.findId", { login: "ada@example.com" }))["found"], true);
  }));

test("its probe proves a credential", () =>
  withOrg({}, async ({ sandbox }) => {
    assert.equal((await sandbox.call("GET", `/${okta.probe.path.join("/")}?limit=1`)).status, 200);
  }));

test.run();
