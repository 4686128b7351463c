import assert from "node:assert/strict";
import { type ObservedAnswer, startSandbox } from "@longarm/sandbox";
import { systemClock } from "@longarm/shared";
import { findPlacedFaults } from "@longarm/shared/schema";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { TSchema } from "typebox";
import { apiRoutes } from "../../packages/sandbox/src/routes/table.ts";
import { proves, withHookReceiver } from "../support/hook-receiver.ts";
import { answerFault } from "../support/okta-answers.ts";
import { answerSchemas } from "../support/okta-wire.ts";
import { routeOf, type SandboxOrg, withSandbox } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("what the sandbox answers");
const user = "/api/v1/users/user000000";
const profile = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", login: "ada@example.com" };

type Body = Readonly<Record<string, unknown>>;
type Step = readonly [method: string, path: string, body?: unknown];

async function idOf(org: SandboxOrg, ...[method, path, body]: Step): Promise<string> {
  const { status, body: made } = await org.call(method, path, body);
  assert.equal(status, 200, `${method} ${path}: ${JSON.stringify(made)}`);
  return String((Array.isArray(made) ? (made[0] as Body) : (made as Body))["id"]);
}

function bookmark(label: string): object {
  return { name: "bookmark", label, signOnMode: "BOOKMARK", settings: { app: { url: "https://example.com", requestIntegration: false } } };
}

const secret = { value: "Quiet-7-Rivers" };

async function users(org: SandboxOrg): Promise<readonly Step[]> {
  const own = `/api/v1/users/${await idOf(org, "POST", "/api/v1/users?activate=false", { profile })}`;
  return [
    ["GET", "/api/v1/users?limit=2"],
    ["GET", "/api/v1/users/me"],
    ["GET", user],
    ["POST", user, { profile: { title: "x" } }],
    ["PUT", user, { profile: { ...profile, login: "user000000@example.com" } }],
    ["GET", `${user}/groups`],
    ["POST", `${user}/factors`, { factorType: "sms", provider: "OKTA" }],
    ["GET", `${user}/factors`],
    ["GET", `${user}/blocks`],
    ["POST", `${own}/lifecycle/activate?sendEmail=false`],
    ["POST", `${own}/lifecycle/reactivate?sendEmail=false`],
    ["POST", `${user}/lifecycle/suspend`],
    ["POST", `${user}/lifecycle/unsuspend`],
    ["POST", "/sandbox/users/user000001/status", { status: "LOCKED_OUT" }],
    ["POST", "/api/v1/users/user000001/lifecycle/unlock"],
    ["POST", `${user}/lifecycle/expire_password`],
    ["POST", `${user}/lifecycle/expire_password_with_temp_password`],
    ["POST", `${user}/lifecycle/reset_password?sendEmail=false`],
    ["POST", `${user}/lifecycle/reset_factors`],
    [
      "POST",
      "/api/v1/users/user000001/credentials/change_password",
      { oldPassword: { value: "Welcome-2-Sandbox-1" }, newPassword: secret },
    ],
    ["DELETE", `${user}/sessions`],
    ["POST", `${own}/lifecycle/deactivate`],
    ["DELETE", own],
    ["GET", "/api/v1/logs?limit=1000"],
  ];
}

async function apps(org: SandboxOrg): Promise<readonly Step[]> {
  const app = await idOf(org, "POST", "/api/v1/apps", bookmark("Charts"));
  const group = await idOf(org, "POST", "/api/v1/groups", { profile: { name: "Pilots" } });
  const someone = await idOf(org, "GET", user);
  return [
    ["GET", "/api/v1/apps?limit=3"],
    ["GET", `/api/v1/apps/${app}`],
    ["PUT", `/api/v1/apps/${app}`, bookmark("Sea charts")],
    ["POST", `/api/v1/apps/${app}/users`, { id: someone, scope: "USER" }],
    ["GET", `/api/v1/apps/${app}/users?expand=user`],
    ["GET", `/api/v1/apps/${app}/users/${someone}`],
    ["PUT", `/api/v1/apps/${app}/groups/${group}`, {}],
    ["GET", `/api/v1/apps/${app}/groups?expand=group`],
    ["GET", "/api/v1/users/user000001/appLinks"],
    ["DELETE", `/api/v1/apps/${app}/groups/${group}`],
    ["DELETE", `/api/v1/apps/${app}/users/${someone}`],
    ["POST", `/api/v1/apps/${app}/lifecycle/deactivate`],
    ["POST", `/api/v1/apps/${app}/lifecycle/activate`],
    ["POST", `/api/v1/apps/${app}/lifecycle/deactivate`],
    ["DELETE", `/api/v1/apps/${app}`],
  ];
}

async function groups(org: SandboxOrg): Promise<readonly Step[]> {
  const group = await idOf(org, "POST", "/api/v1/groups", { profile: { name: "Navigators" } });
  const someone = await idOf(org, "GET", user);
  const condition = { expression: { value: 'user.department=="Sales"', type: "urn:okta:expression:1.0" } };
  const rule = { type: "group_rule", name: "Sales", conditions: condition, actions: { assignUserToGroups: { groupIds: [group] } } };
  const ruleId = await idOf(org, "POST", "/api/v1/groups/rules", rule);
  return [
    ["GET", "/api/v1/groups?limit=200"],
    ["GET", `/api/v1/groups/${group}`],
    ["PUT", `/api/v1/groups/${group}`, { profile: { name: "Navigators", description: "They find the way" } }],
    ["PUT", `/api/v1/groups/${group}/users/${someone}`],
    ["GET", `/api/v1/groups/${group}/users`],
    ["DELETE", `/api/v1/groups/${group}/users/${someone}`],
    ["GET", "/api/v1/groups/rules"],
    ["GET", `/api/v1/groups/rules/${ruleId}`],
    ["PUT", `/api/v1/groups/rules/${ruleId}`, rule],
    ["POST", `/api/v1/groups/rules/${ruleId}/lifecycle/activate`],
    ["POST", `/api/v1/groups/rules/${ruleId}/lifecycle/deactivate`],
    ["DELETE", `/api/v1/groups/rules/${ruleId}`],
    ["DELETE", `/api/v1/groups/${group}`],
  ];
}

async function hooks(org: SandboxOrg, uri: string): Promise<readonly Step[]> {
  const events = { type: "EVENT_TYPE", items: ["user.lifecycle.create"] };
  const config = { uri, authScheme: { type: "HEADER", key: "Authorization", value: "s" } };
  const hook = { name: "Hook", events, channel: { type: "HTTP", version: "1.0.0", config } };
  const hookId = await idOf(org, "POST", "/api/v1/eventHooks", hook);
  return [
    ["GET", "/api/v1/eventHooks"],
    ["GET", `/api/v1/eventHooks/${hookId}`],
    ["PUT", `/api/v1/eventHooks/${hookId}`, hook],
    ["POST", `/api/v1/eventHooks/${hookId}/lifecycle/verify`],
    ["POST", `/api/v1/eventHooks/${hookId}/lifecycle/deactivate`],
    ["POST", `/api/v1/eventHooks/${hookId}/lifecycle/activate`],
    ["POST", `/api/v1/eventHooks/${hookId}/lifecycle/deactivate`],
    ["DELETE", `/api/v1/eventHooks/${hookId}`],
  ];
}

async function schemas(org: SandboxOrg): Promise<readonly Step[]> {
  const custom = (properties: object) => ({ definitions: { custom: { properties } } });
  return [
    ["POST", "/api/v1/meta/schemas/user/default", custom({ badge: { title: "Badge", type: "integer" } })],
    ["GET", "/api/v1/meta/schemas/user/default"],
    ["POST", "/api/v1/meta/schemas/group/default", custom({ owner: { title: "Owner", type: "string" } })],
    ["GET", "/api/v1/meta/schemas/group/default"],
    ["GET", `/api/v1/meta/schemas/apps/${await idOf(org, "GET", "/api/v1/apps?limit=1")}/default`],
    ["POST", "/api/v1/meta/types/user", { name: "contractor", displayName: "Contractor" }],
    ["GET", "/api/v1/meta/types/user"],
    ["GET", "/api/v1/meta/types/user/default"],
    ["GET", "/.well-known/okta-organization"],
  ];
}

test("is what Okta may answer, on every route", () =>
  withHookReceiver(proves, (uri) =>
    withSandbox({ users: 5, limits: "off", indexLagMs: 0 }, async (org) => {
      const seen = new Set([
        "POST /api/v1/users",
        "POST /api/v1/groups",
        "POST /api/v1/apps",
        "POST /api/v1/groups/rules",
        "POST /api/v1/eventHooks",
      ]);
      const steps = await Promise.all([users(org), apps(org), groups(org), hooks(org, uri), schemas(org)]);
      for (const [method, path, body] of steps.flat()) {
        // Every answer is held to the closed schemas where it arrives.
        const { status } = await org.call(method, path, body);
        assert.ok(status < 300, `${method} ${path} answered ${status}`);
        seen.add(routeOf(method, path) ?? "");
      }
      // A token is asked for by a form.
      seen.add("POST /oauth2/v1/token");
      const all = apiRoutes.map(({ method, template }) => `${method} ${template}`);
      assert.deepEqual(
        all.filter((route) => !seen.has(route)),
        [],
      );
      assert.deepEqual(Object.keys(answerSchemas).toSorted(), all.toSorted());
    }),
  ));

test("is noticed when it holds a member that Okta does not know", () =>
  withSandbox({ users: 1 }, async (org) => {
    const ask = org.request({ method: "GET", path: "/api/v1/users/user000000" });
    await assert.doesNotReject(ask);
    const { body } = await ask;
    const faults = findPlacedFaults("body", answerSchemas["GET /api/v1/users/{id}"] as TSchema, { ...(body as object), colour: "red" });
    assert.deepEqual(
      faults.map(({ pointer }) => pointer),
      ["/colour"],
    );
  }));

// Beyond the year 9999 a moment has a form that no client of Okta's ever saw.
const farClock = { ...systemClock, nowMs: () => Date.UTC(30_000, 0, 1) };

test("is held to the schemas whoever asked, also a client that looks at no answer", async () => {
  const make = (org: SandboxOrg) =>
    fetch(`${org.url}/api/v1/groups`, {
      ...{ method: "POST", body: JSON.stringify({ profile: { name: "Pilots" } }) },
      headers: { authorization: `SSWS ${org.token}`, "content-type": "application/json" },
    });
  await withSandbox({}, make);
  await assert.rejects(
    withSandbox({ clock: farClock }, make),
    /POST \/api\/v1\/groups answered 200 with what Okta would not: .*"\/created"/,
  );
});

test("is held to them at the token endpoint too, granted or refused", async () => {
  const seen: ObservedAnswer[] = [];
  const sandbox = await startSandbox({ onAnswer: (answer) => seen.push(answer) });
  try {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const put = { publicKey: await exportJWK(publicKey), scopes: ["okta.users.read"], clientId: "0oaservice" };
    await fetch(`${sandbox.url}/sandbox/service-apps`, { method: "POST", body: JSON.stringify(put) });
    const url = `${sandbox.url}/oauth2/v1/token`;
    const client = new SignJWT().setProtectedHeader({ alg: "ES256" }).setIssuer("0oaservice").setSubject("0oaservice");
    const body = {
      grant_type: "client_credentials",
      scope: "okta.users.read",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await client.setAudience(url).setIssuedAt().setExpirationTime("5m").sign(privateKey),
    };
    for (const scope of [body.scope, "okta.apps.read"]) await fetch(url, { method: "POST", body: new URLSearchParams({ ...body, scope }) });
  } finally {
    await sandbox.close();
  }
  const [granted, refused] = seen as [ObservedAnswer, ObservedAnswer];
  assert.deepEqual([granted.status, answerFault(granted), refused.status, answerFault(refused)], [200, undefined, 400, undefined]);
  for (const answer of [granted, refused]) {
    const withMore = { ...answer, body: JSON.stringify({ ...(JSON.parse(answer.body) as object), colour: "red" }) };
    assert.match(answerFault(withMore) ?? "", /POST \/oauth2\/v1\/token answered \d+ with what Okta would not: .*colour/);
  }
});

test.run();
