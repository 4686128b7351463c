import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import { Secret, systemClock } from "@longarm/shared";
import { createCatalogue } from "@longarm/spoke";
import { type AppWish, keyForms, serviceApp, tokenRequests } from "../support/credentials.ts";
import { inOrder, prepareExample } from "../support/examples.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("a service app");
const ada = { login: "ada@example.com", email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" };
const user = "user000001@example.com";
const minuteMs = 60_000;

for (const [form, make] of Object.entries(keyForms)) {
  for (const dpop of [false, true]) {
    test(`proves itself with ${form}${dpop ? ", and each call by DPoP" : ""}`, () =>
      withOktaOrg({ users: 5 }, async ({ sandbox, as }) => {
        const app = as(await serviceApp(sandbox, { key: make(), dpop }));
        assert.equal((await app.run("okta.user.suspend", { user }))["status"], "SUSPENDED");
        assert.equal((await app.items("okta.user.stream", { pageSize: 2 })).length, 5);
      }));
  }
}

test("asks for one token, however many calls begin at once, and keeps it", () =>
  withOktaOrg({ users: 20 }, async ({ sandbox, as }) => {
    const app = as(await serviceApp(sandbox));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => app.run("okta.user.get", { user: `user0000${String(index).padStart(2, "0")}@example.com` })),
    );
    await app.run("okta.user.get", { user });
    assert.equal(await tokenRequests(sandbox), 1);
  }));

test("renews a token shortly before it ends, and not earlier", () => {
  const clock = new ManualClock(Date.now());
  return withOktaOrg({ users: 5, clock, executorClock: clock }, async ({ sandbox, as }) => {
    const app = as(await serviceApp(sandbox));
    await app.run("okta.user.get", { user });
    await clock.advance(58 * minuteMs, 58 * minuteMs);
    await app.run("okta.user.get", { user });
    assert.equal(await tokenRequests(sandbox), 1);
    await clock.advance(1.5 * minuteMs, minuteMs);
    await app.run("okta.user.get", { user });
    assert.equal(await tokenRequests(sandbox), 2);
  });
});

for (const how of ["revoked", "expired"]) {
  for (const dpop of [false, true]) {
    test(`gets another token once when the one it has was ${how}${dpop ? ", with DPoP" : ""}, and changes what it was to change once`, () =>
      withOktaOrg({ users: 5 }, async ({ sandbox, as }) => {
        const app = as(await serviceApp(sandbox, { dpop }));
        await app.run("okta.user.get", { user });
        const before = await tokenRequests(sandbox);
        await sandbox.call("POST", "/sandbox/access-tokens/end", { how });
        if (dpop) await sandbox.call("POST", "/sandbox/dpop-nonce/renew");
        await Promise.all(Array.from({ length: 5 }, (_, index) => app.run("okta.user.suspend", { user: `user00000${index}@example.com` })));
        // A stale nonce costs one more.
        assert.equal((await tokenRequests(sandbox)) - before, dpop ? 2 : 1);
        const { body } = await sandbox.call("GET", "/sandbox/ledger?effect=user.suspended");
        assert.equal((body as { entries: readonly unknown[] }).entries.length, 5);
      }));
  }
}

test("does not take a feature that the org lacks for a token that is refused", () =>
  withOktaOrg({ users: 5 }, async ({ sandbox, as }) => {
    const app = as(await serviceApp(sandbox));
    await app.run("okta.user.get", { user });
    const body = { errorCode: "E0000015", errorSummary: "You do not have permission to access the feature you are requesting" };
    await sandbox.call("POST", "/sandbox/faults", { match: { path: "/api/v1/users/{id}/blocks" }, kind: "status", status: 401, body });
    await app.run("okta.user.isLocked", { user });
    assert.equal(await tokenRequests(sandbox), 1);
  }));

interface Refused {
  readonly app?: AppWish;
  /** How far the org's clock is ahead of the executor's. */
  readonly orgAheadMs?: number;
  /** What is done to the org before the call. */
  readonly spoil?: readonly [path: string, body: unknown];
  readonly code: string;
  readonly cause: string;
  readonly says: RegExp;
}

const refusals: Readonly<Record<string, Refused>> = {
  "a key that is not the app's": {
    app: { key: { ...keyForms["an RSA key as PEM"](), publicKey: keyForms["an RSA key as PEM"]().publicKey } },
    ...{ code: "authentication_failed", cause: "client_rejected", says: /client_assertion signature.*Check that the client id "0oa/ },
  },
  "a clock that is 20 minutes behind": {
    orgAheadMs: 20 * minuteMs,
    ...{ code: "authentication_failed", cause: "clock_skew", says: /is expired.*clock of the machine that asked is 1200 s behind/ },
  },
  "a clock that is two hours ahead": {
    orgAheadMs: -120 * minuteMs,
    ...{ code: "authentication_failed", cause: "clock_skew", says: /7[12]\d\d s ahead of/ },
  },
  "scopes none of which was granted": {
    app: { scopes: ["okta.groups.read"], asks: ["okta.users.manage"] },
    ...{ code: "permission_missing", cause: "scope_missing", says: /Grant the app at least one of okta\.users\.manage/ },
  },
  "a token without the scope that the call needs": {
    app: { scopes: ["okta.groups.manage"], asks: ["okta.groups.manage", "okta.users.manage"] },
    ...{ code: "permission_missing", cause: "scope_missing", says: /Grant the service app okta\.users\.read/ },
  },
  "a reading scope where one to manage is needed": {
    app: { scopes: ["okta.users.read"] },
    ...{ code: "permission_missing", cause: "scope_missing", says: /okta\.users\.manage/ },
  },
  "an app without an administrator role": {
    app: { admin: false },
    ...{ code: "permission_missing", cause: "role_missing", says: /administrator role/ },
  },
  "a network that the org blocks": {
    spoil: ["/sandbox/network-zone", { blocked: true }],
    ...{ code: "permission_missing", cause: "network_zone", says: /network zones/ },
  },
};
for (const [what, { app = {}, orgAheadMs = 0, spoil, code, cause, says }] of Object.entries(refusals)) {
  test(`tells ${what}`, () => {
    const clock = { ...systemClock, nowMs: () => Date.now() + orgAheadMs };
    return withOktaOrg({ users: 5, clock }, async ({ sandbox, as }) => {
      const runs = as(await serviceApp(sandbox, app));
      if (spoil) await sandbox.call("POST", ...spoil);
      const refused = runs.run("okta.user.suspend", { user });
      await assert.rejects(refused, (error: { code: string; message: string; details: { cause?: string } }) => {
        assert.deepEqual([error.code, error.details.cause], [code, cause]);
        assert.match(error.message, says);
        return true;
      });
    });
  });
}

test("tells an API token that the org does not know", () =>
  withOktaOrg({}, async ({ as }) => {
    const runs = as({ scheme: "ssws", token: new Secret("00wrong") });
    await assert.rejects(runs.run("okta.user.create", { profile: ada }), {
      code: "authentication_failed",
      message: /wrong, expired or revoked/,
    });
  }));

test("does not ask a second time at once for a token that was refused", () =>
  withOktaOrg({}, async ({ sandbox, as }) => {
    const runs = as(await serviceApp(sandbox, { asks: ["okta.logs.read"] }));
    const asked = Array.from({ length: 10 }, () => runs.run("okta.user.get", { user }).catch((error: { code: string }) => error.code));
    assert.deepEqual(new Set(await Promise.all(asked)), new Set(["permission_missing"]));
    assert.equal(await tokenRequests(sandbox), 1);
  }));

test("needs no more than the scopes that an action names", () =>
  withOktaOrg({ users: 100, statuses: "mixed", indexLagMs: 0 }, async ({ sandbox, as }) => {
    for (const definition of inOrder(createCatalogue([okta]).list())) {
      const app = as(await serviceApp(sandbox, { scopes: definition.scopes }));
      for (const { input } of definition.examples) {
        await prepareExample(sandbox, definition);
        const run = definition.kind === "stream" ? app.items : app.run;
        await run(definition.name, input).catch((error: Error) =>
          assert.fail(`${definition.name} ${JSON.stringify(input)}: ${error.message}`),
        );
      }
    }
  }));

test.run();
