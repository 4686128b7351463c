import { deepEqual, equal, match, ok } from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { newApiToken } from "../access/api-token.ts";
import { scopes } from "./authentication.ts";

const test = suite("authentication");
const openRoutes = new Set(["get /healthz", "get /readyz"]);

interface Description {
  readonly paths: Record<string, Record<string, { operationId: string }>>;
}

/** Every described route with its parameters filled in. */
async function describedRoutes(url: string): Promise<{ method: string; path: string }[]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as Description;
  const filled = { "{id}": `run_${"0".repeat(26)}`, "{name}": "acme", "{agent}": "hq-1" };
  const fill = (path: string): string => path.replaceAll(/\{\w+\}/g, (hole) => filled[hole as keyof typeof filled]);
  return Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method, path: fill(path) })));
}

test("answers no described route but health without a key", async () => {
  await withScriptedController(async ({ url }) => {
    const routes = await describedRoutes(url);
    ok(routes.length > 20);
    for (const { method, path } of routes) {
      const { status } = await fetch(`${url}${path}`, { method: method.toUpperCase() });
      if (openRoutes.has(`${method} ${path}`)) equal(status, 200, path);
      else equal(status, 401, `${method} ${path}`);
    }
  });
});

test("a key without any scope gets no further than one that is missing", async () => {
  await withScriptedController(async ({ url, apiKeys }) => {
    const token = newApiToken();
    await apiKeys.add(token, { principal: "nobody", scopes: [] });
    for (const { method, path } of await describedRoutes(url)) {
      if (openRoutes.has(`${method} ${path}`)) continue;
      const { status } = await fetch(`${url}${path}`, {
        method: method.toUpperCase(),
        headers: { authorization: `Bearer ${token.reveal()}` },
      });
      equal(status, 403, `${method} ${path}`);
    }
  });
});

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
