import assert from "node:assert/strict";
import { Client } from "@okta/okta-sdk-nodejs";
import type { SandboxOptions } from "@longarm/sandbox";
import { keyForms, serviceApp } from "../support/credentials.ts";
import { proves, withHookReceiver } from "../support/hook-receiver.ts";
import { type SandboxOrg, withSandbox } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("Okta's own SDK against the sandbox");
const ada = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };

/** Runs `work` with the SDK's client of an org of its own. */
function withClient(options: SandboxOptions, work: (client: Client, org: SandboxOrg) => Promise<void>): Promise<void> {
  return withSandbox({ limits: "off", ...options }, (org) => work(clientOf(org), org));
}

function clientOf(org: SandboxOrg): Client {
  const settings = { orgUrl: org.url, token: org.token, cacheMiddleware: null, testing: { disableHttpsCheck: true } };
  return new Client(settings);
}

/** All that a collection of the SDK yields, over as many pages as there are. */
async function all<T>(collection: { each(take: (item: T) => unknown): Promise<unknown> }): Promise<readonly T[]> {
  const items: T[] = [];
  await collection.each((item) => {
    items.push(item);
  });
  return items;
}

/** The status and the code of what the SDK throws. */
function refusal(status: number, errorCode: string) {
  return (reason: { status?: number; errorCode?: string }) => {
    assert.deepEqual([reason.status, reason.errorCode], [status, errorCode]);
    return true;
  };
}

test("brings a user through its life", () =>
  withClient({}, async ({ userApi }) => {
    const { id = "" } = await userApi.createUser({ body: { profile: ada, credentials: { password: { value: "Quiet-7-Rivers" } } } });
    const status = async (): Promise<string | undefined> => (await userApi.getUser({ userId: id })).status;
    assert.equal(await status(), "ACTIVE");
    await userApi.suspendUser({ userId: id });
    assert.equal(await status(), "SUSPENDED");
    await assert.rejects(userApi.suspendUser({ userId: id }), refusal(400, "E0000001"));
    await userApi.unsuspendUser({ userId: id });
    await userApi.updateUser({ userId: id, user: { profile: { nickName: "Countess" } } });
    assert.equal((await userApi.getUser({ userId: ada.login })).profile?.nickName, "Countess");
    assert.equal((await userApi.expirePassword({ userId: id })).status, "PASSWORD_EXPIRED");
    await userApi.deactivateUser({ userId: id });
    assert.equal(await status(), "DEPROVISIONED");
    await userApi.deleteUser({ userId: id });
    await assert.rejects(status(), refusal(404, "E0000007"));
  }));

test("reads every page of the users, and those that a search finds", () =>
  withClient({ users: 450, indexLagMs: 0 }, async ({ userApi }) => {
    const users = await all(await userApi.listUsers({ limit: 200 }));
    assert.deepEqual([users.length, new Set(users.map(({ id }) => id)).size], [450, 450]);
    await userApi.createUser({ body: { profile: ada }, activate: false });
    const found = await all(await userApi.listUsers({ search: 'profile.login eq "ada@example.com"' }));
    assert.deepEqual(
      found.map(({ status, profile }) => [status, profile?.login]),
      [["STAGED", ada.login]],
    );
  }));

test("keeps groups and their members", () =>
  withClient({ users: 3 }, async ({ groupApi, userApi }) => {
    const { id: groupId = "" } = await groupApi.createGroup({ group: { profile: { name: "Navigators", description: "" } } });
    await assert.rejects(groupApi.createGroup({ group: { profile: { name: "Navigators" } } }), refusal(400, "E0000001"));
    const [user] = await all(await userApi.listUsers({ limit: 1 }));
    const userId = user?.id ?? "";
    await groupApi.assignUserToGroup({ groupId, userId });
    assert.deepEqual(
      (await all(await groupApi.listGroupUsers({ groupId }))).map(({ id }) => id),
      [userId],
    );
    assert.ok((await all(await userApi.listUserGroups({ userId }))).some(({ id }) => id === groupId));
    const renamed = await groupApi.replaceGroup({ groupId, group: { profile: { name: "Pilots" } } });
    assert.equal(renamed.profile?.name, "Pilots");
    await groupApi.unassignUserFromGroup({ groupId, userId });
    assert.deepEqual(await all(await groupApi.listGroupUsers({ groupId })), []);
    await groupApi.deleteGroup({ groupId });
    await assert.rejects(groupApi.getGroup({ groupId }), refusal(404, "E0000007"));
  }));

test("creates, verifies and retires an event hook", () =>
  withClient({}, async ({ eventHookApi }) =>
    withHookReceiver(proves, async (uri) => {
      const authScheme = { type: "HEADER", key: "Authorization", value: "a secret" } as const;
      const { id = "" } = await eventHookApi.createEventHook({
        eventHook: {
          name: "people",
          events: { type: "EVENT_TYPE", items: ["user.lifecycle.create"] },
          channel: { type: "HTTP", version: "1.0.0", config: { uri, authScheme } },
        },
      });
      assert.equal((await eventHookApi.verifyEventHook({ eventHookId: id })).verificationStatus, "VERIFIED");
      assert.deepEqual(
        (await all(await eventHookApi.listEventHooks())).map(({ name, status }) => [name, status]),
        [["people", "ACTIVE"]],
      );
      await assert.rejects(eventHookApi.deleteEventHook({ eventHookId: id }));
      assert.equal((await eventHookApi.deactivateEventHook({ eventHookId: id })).status, "INACTIVE");
      await eventHookApi.deleteEventHook({ eventHookId: id });
      await assert.rejects(eventHookApi.getEventHook({ eventHookId: id }), refusal(404, "E0000007"));
    }),
  ));

test("keeps applications and who may use them", () =>
  withClient({ users: 60 }, async ({ applicationApi, userApi }) => {
    const application = {
      name: "bookmark",
      label: "Wiki",
      signOnMode: "BOOKMARK",
      settings: { app: { url: "https://wiki.example.com" } },
    } as const;
    const { id: appId = "" } = await applicationApi.createApplication({ application });
    const [user] = await all(await userApi.listUsers({ limit: 1 }));
    const userId = user?.id ?? "";
    await applicationApi.assignUserToApplication({ appId, appUser: { id: userId } });
    assert.equal((await applicationApi.getApplicationUser({ appId, userId })).scope, "USER");
    await applicationApi.unassignUserFromApplication({ appId, userId });
    await assert.rejects(applicationApi.getApplicationUser({ appId, userId }), refusal(404, "E0000007"));
    const mail = (await all(await applicationApi.listApplications({ limit: 3 }))).find(({ label }) => label === "Mail")?.id ?? "";
    const users = await all(await applicationApi.listApplicationUsers({ appId: mail, limit: 50 }));
    assert.deepEqual([users.length, new Set(users.map(({ scope }) => scope))], [60, new Set(["GROUP"])]);
    assert.equal((await all(await applicationApi.listApplicationGroupAssignments({ appId: mail }))).length, 1);
    await assert.rejects(applicationApi.unassignUserFromApplication({ appId: mail, userId }), refusal(403, "E0000046"));
    assert.ok((await all(await userApi.listAppLinks({ userId }))).some(({ label }) => label === "Mail calendar"));
    await applicationApi.deactivateApplication({ appId });
    await applicationApi.deleteApplication({ appId });
    await assert.rejects(applicationApi.getApplication({ appId }), refusal(404, "E0000007"));
  }));

test("reads the system log to its end", () =>
  withClient({ users: 1 }, async ({ groupApi, systemLogApi }) => {
    for (const name of ["A", "B", "C"]) await groupApi.createGroup({ group: { profile: { name } } });
    const bounds = { since: "2020-01-01T00:00:00.000Z", until: "2999-01-01T00:00:00.000Z" };
    const events = await all(await systemLogApi.listLogEvents({ ...bounds, limit: 2 }));
    assert.deepEqual(
      events.map(({ eventType, target }) => [eventType, target?.[0]?.displayName]),
      ["A", "B", "C"].map((name) => ["group.lifecycle.create", name]),
    );
    const filter = 'target.displayName eq "B"';
    assert.equal((await all(await systemLogApi.listLogEvents({ ...bounds, filter }))).length, 1);
  }));

test("waits out a rate limit by the headers of the refusal", () =>
  withClient({ users: 1, limits: { concurrent: 75, buckets: [{ covers: "*", perWindow: 2 }] }, limitWindowMs: 100 }, async (client) => {
    const waits: number[] = [];
    const executor = client.requestExecutor as unknown as { on(event: "backoff", listener: (...facts: unknown[]) => void): void };
    executor.on("backoff", (...facts) => waits.push(facts[3] as number));
    for (let call = 0; call < 3; call += 1) await client.userTypeApi.getUserType({ typeId: "default" });
    assert.equal(waits.length, 1);
    // The window ends in this second or the next, its end is told as the whole second behind it, and the SDK adds one.
    assert.ok((waits[0] ?? 0) >= 1_000 && (waits[0] ?? 0) <= 3_000, `${waits[0]} ms`);
  }));

for (const dpop of [false, true]) {
  test(`proves itself with a private key${dpop ? ", each call by DPoP" : ""}, and goes on when its token was revoked`, () =>
    withSandbox({ limits: "off", users: 1 }, async (org) => {
      const app = await serviceApp(org, { key: keyForms["an RSA key as PEM"](), scopes: ["okta.users.manage"], dpop });
      const { clientId, privateKey, scopes } = app.client;
      const settings = { orgUrl: org.url, authorizationMode: "PrivateKey", clientId, scopes: [...scopes], privateKey: privateKey.reveal() };
      const unchecked = { ...settings, cacheMiddleware: null, testing: { disableHttpsCheck: true } };
      const { userApi, groupApi } = new Client(unchecked);
      const { id = "" } = await userApi.createUser({ body: { profile: ada } });
      await org.call("POST", "/sandbox/access-tokens/end");
      assert.equal((await userApi.getUser({ userId: id })).profile?.login, ada.login);
      await assert.rejects(groupApi.createGroup({ group: { profile: { name: "No" } } }), refusal(403, "E0000006"));
    }));
}

test.run();
