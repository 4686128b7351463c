import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newApiToken } from "../../packages/controller/src/access/api-token.ts";
import { scopes } from "../../packages/controller/src/ports/scopes.ts";
import { type ScriptedController, withScriptedController } from "../support/scripted-controller.ts";
import { suite } from "../support/suite.ts";

const test = suite("routes and scopes");

/** What anybody may ask: health, and the exchange whose code itself lets in. The reference is not among the described ones. */
const openOperations = ["getHealth", "getReadiness", "login"];
/** What a secret of its own lets in, and no API key. */
const ownGates = ["proveHook", "receiveDelivery"];

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly examples?: readonly string[] };
  readonly example?: string;
}

interface Operation {
  readonly operationId: string;
  readonly security?: readonly { readonly apiKey?: readonly string[] }[];
  readonly parameters?: readonly Parameter[];
}

interface Route {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Absent: it says of itself that it is open. */
  readonly scope: string | undefined;
}

/** Every route as `/openapi.json` tells it, its parameters filled with their own examples. */
async function describedRoutes(url: string): Promise<readonly Route[]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId, security = [], parameters = [] }]) => {
      const filled = parameters
        .filter((parameter) => parameter.in === "path")
        .reduce((text, { name, schema, example }) => text.replace(`{${name}}`, example ?? schema?.examples?.[0] ?? "acme"), path);
      return { operationId, method: method.toUpperCase(), path: filled, scope: security[0]?.apiKey?.[0] };
    }),
  );
}

async function tokenWith({ apiKeys }: ScriptedController, granted: readonly string[]): Promise<string> {
  const token = newApiToken();
  await apiKeys.add(token, { principal: "somebody", scopes: granted });
  return token.reveal();
}

async function statusOf({ url }: ScriptedController, { method, path }: Route, token?: string): Promise<number> {
  const response = await fetch(`${url}${path}`, { method, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  await response.body?.cancel();
  return response.status;
}

test("no route answers without a token but those that say so, and these are exactly the ones that may", async () => {
  await withScriptedController(async (controller) => {
    const routes = await describedRoutes(controller.url);
    ok(routes.length > 25);
    const open = routes.filter(({ scope }) => scope === undefined);
    deepEqual(open.map(({ operationId }) => operationId).toSorted(), [...openOperations, ...ownGates].toSorted());
    for (const route of routes) {
      const status = await statusOf(controller, route);
      if (ownGates.includes(route.operationId)) {
        equal(status, 401, route.operationId);
        equal(await statusOf(controller, route, controller.token), 401, route.operationId);
      } else if (route.scope === undefined) ok(status !== 401 && status !== 403, `${route.operationId} ${status}`);
      else equal(status, 401, route.operationId);
    }
    for (const page of ["/openapi.json", "/docs", "/docs/reference.css", "/docs/icon.svg"])
      equal((await fetch(`${controller.url}${page}`)).status, 200, page);
  });
});

test("a token that has every scope but the route's own gets no further than one that has none", async () => {
  await withScriptedController(async (controller) => {
    const routes = (await describedRoutes(controller.url)).filter(({ scope }) => scope !== undefined);
    const none = await tokenWith(controller, []);
    for (const route of routes) {
      const others = await tokenWith(
        controller,
        scopes.filter((scope) => scope !== route.scope),
      );
      equal(await statusOf(controller, route, none), 403, route.operationId);
      equal(await statusOf(controller, route, others), 403, route.operationId);
    }
  });
});

/** What starts a run at once asks for the right to submit it beside its own scope. */
const alsoAsked: Readonly<Record<string, readonly string[]>> = {
  triggerSchedule: ["runs:submit"],
  resumeSchedule: ["runs:submit"],
  enableTrigger: ["runs:submit"],
};

test("a token that has the route's scope alone is let in, but where it starts runs", async () => {
  await withScriptedController(async (controller) => {
    for (const route of await describedRoutes(controller.url)) {
      if (route.scope === undefined) continue;
      const also = alsoAsked[route.operationId] ?? [];
      const alone = await statusOf(controller, route, await tokenWith(controller, [route.scope]));
      if (also.length > 0) equal(alone, 403, route.operationId);
      const status = await statusOf(controller, route, await tokenWith(controller, [route.scope, ...also]));
      ok(status !== 401 && status !== 403, `${route.operationId} ${status}`);
    }
  });
});

test("every route asks for a scope of the closed list, and every scope is asked for", async () => {
  await withScriptedController(async ({ url }) => {
    const asked = new Set((await describedRoutes(url)).flatMap(({ scope }) => scope ?? []));
    for (const scope of asked) match(scope, /^[a-z-]+:[a-z]+$/);
    deepEqual([...asked].toSorted(), scopes.toSorted());
  });
});

test("revoked and expired tokens open nothing", async () => {
  await withScriptedController(async (controller) => {
    const { apiKeys, url } = controller;
    const [revoked, expired] = [newApiToken(), newApiToken()];
    const { id } = await apiKeys.add(revoked, { principal: "a", scopes: ["*"] });
    await apiKeys.revoke(id);
    await apiKeys.add(expired, { principal: "b", scopes: ["*"], expiresAt: Date.now() - 1 });
    for (const token of [revoked, expired])
      for (const route of await describedRoutes(url))
        if (route.scope !== undefined) equal(await statusOf(controller, route, token.reveal()), 401, route.operationId);
  });
});

test.run();
