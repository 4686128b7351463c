import { deepEqual, equal, match, ok } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { newApiToken } from "../access/api-token.ts";
import { scopes } from "../ports/scopes.ts";

const test = suite("authentication");
test("a key reaches what its scope names, and nothing else", async () => {
  await withScriptedController(async ({ url, apiKeys }) => {
    const token = newApiToken();
    await apiKeys.add(token, { principal: "reader", scopes: ["runs:read"] });
    const headers = { authorization: `Bearer ${token.reveal()}` };
    equal((await fetch(`${url}/v1/runs`, { headers })).status, 200);
    const refused = await fetch(`${url}/v1/credentials`, { headers });
    equal(refused.status, 403);
    match(((await refused.json()) as { detail: string }).detail, /"reader" lacks the scope credentials:read/);
    ok(scopes.includes("credentials:read"));
  });
});

test("says how to authenticate when the key is absent, malformed or wrong", async () => {
  await withScriptedController(async ({ url, token }) => {
    for (const authorization of [
      undefined,
      "",
      "Bearer",
      `Basic ${token}`,
      token,
      `Bearer ${token}x`,
      `Bearer ${token} ${token}`,
      "Bearer é",
    ]) {
      const response = await fetch(`${url}/v1/runs`, { headers: authorization === undefined ? {} : { authorization } });
      equal(response.status, 401, authorization);
      equal(response.headers.get("www-authenticate"), 'Bearer realm="longarm"');
      equal(((await response.json()) as { code: string }).code, "unauthorized");
    }
    equal((await fetch(`${url}/v1/runs`, { headers: { authorization: `bearer ${token}` } })).status, 200);
  });
});

test("tells a stranger nothing about which routes there are", async () => {
  await withScriptedController(async ({ url }) => {
    const statuses = await Promise.all(
      ["/", "/v1/nope", "/v1/runs/../../etc/passwd", "/metrics"].map(async (path) => (await fetch(`${url}${path}`)).status),
    );
    deepEqual(statuses, [401, 401, 401, 401]);
  });
});

test("no body of a stranger is read before the key is", async () => {
  await withScriptedController(async ({ url }) => {
    const response = await fetch(`${url}/v1/runs`, { method: "POST", body: "{not json", headers: { "content-type": "application/json" } });
    equal(response.status, 401);
  });
});

test.run();
