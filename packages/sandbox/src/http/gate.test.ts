import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { systemClock } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { apiRoutes } from "../routes/table.ts";
import { createOrg } from "../state/org.ts";
import { Gate } from "./gate.ts";

const test = suite("who may use which route");

/** The nouns that Okta's scopes are named after, by the beginning of the paths that they cover. */
const nouns: Readonly<Record<string, string>> = {
  "/api/v1/users": "users",
  "/api/v1/groups": "groups",
  "/api/v1/apps": "apps",
  "/api/v1/logs": "logs",
  "/api/v1/eventHooks": "eventHooks",
  "/api/v1/meta/schemas": "schemas",
  "/api/v1/meta/types": "userTypes",
};

const org = createOrg({ ...{ users: 0, seed: 1, statuses: "active", indexLagMs: 0, transitionMs: 0 }, clock: systemClock });
const gate = new Gate(org, "secret");

async function codeFor(route: (typeof apiRoutes)[number], ...scopes: readonly string[]): Promise<string | undefined> {
  const { value } = org.oauth.tokens.grant({ clientId: "0oaservice", scopes, boundTo: undefined });
  const request = { headers: { authorization: `Bearer ${value}`, host: "okta.example" } } as IncomingMessage;
  return (await gate.check({ request, method: route.method, path: route.template, route }))?.code;
}

for (const route of apiRoutes.filter(({ isOpen }) => isOpen !== true)) {
  const { method, template } = route;
  test(`${method} ${template} asks for the scope of its noun`, async () => {
    const noun = nouns[Object.keys(nouns).find((beginning) => template.startsWith(beginning)) ?? ""] ?? assert.fail("no noun");
    const others = Object.values(nouns).filter((other) => other !== noun);
    assert.equal(await codeFor(route, ...others.map((other) => `okta.${other}.manage`)), "E0000006");
    assert.equal(await codeFor(route, `okta.${noun}.read`), method === "GET" ? undefined : "E0000006");
    assert.equal(await codeFor(route, `okta.${noun}.manage`), undefined);
  });
}

test("the open routes are those that Okta has open", () => {
  const open = apiRoutes.filter(({ isOpen }) => isOpen === true).map(({ template }) => template);
  assert.deepEqual(open.toSorted(), ["/.well-known/okta-organization", "/oauth2/v1/token"]);
});

test.run();
