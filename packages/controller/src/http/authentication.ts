import { LongarmError, type ErrorCode } from "@longarm/shared";
import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";
import { type ApiKey, type ApiKeyStore, everyScope } from "../ports/api-key-store.ts";

/** What an API key may be granted; each route asks for one of them. */
export const scopes = [
  "actions:read",
  "agents:admin",
  "agents:read",
  "connections:read",
  "connections:write",
  "credentials:read",
  "credentials:write",
  "runs:delete",
  "runs:read",
  "runs:submit",
] as const;
export type Scope = (typeof scopes)[number];

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the key must be granted. Every route has this or `open`. */
    scope?: Scope;
  }
}

const bearer = /^Bearer +([\x21-\x7e]{1,512}) *$/i;

function refused(code: ErrorCode & ("unauthorized" | "forbidden"), message?: string): LongarmError {
  return new LongarmError(code, message);
}

async function authenticate(request: FastifyRequest, keys: ApiKeyStore): Promise<ApiKey> {
  const token = bearer.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) throw refused("unauthorized");
  const key = await keys.findByToken(token);
  if (!key)
    throw refused("unauthorized", "The API key is not valid; it is wrong, or was removed. Send a valid one as `Authorization: Bearer …`.");
  return key;
}

function authorize(key: ApiKey, scope: Scope | undefined): void {
  if (scope === undefined || key.scopes.includes(everyScope) || key.scopes.includes(scope)) return;
  throw refused("forbidden", `The API key of "${key.principal}" lacks the scope ${scope}, which this route asks for.`);
}

/** Lets through only who bears a valid API key with the route's scope. With a route that states neither `scope` nor `open` the server does not start. */
export function requireApiKey(app: FastifyInstance, keys: ApiKeyStore): void {
  const registered: RouteOptions[] = [];
  app.addHook("onRoute", (route) => {
    registered.push(route);
  });
  app.addHook("onReady", async () => {
    const bare = registered.filter(({ config }) => !config?.open && !config?.scope).map(({ url }) => url);
    if (bare.length > 0) throw new LongarmError("internal", `Routes state neither \`scope\` nor \`open\`: ${bare.join(", ")}.`);
  });
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.config.open) return;
    const key = await authenticate(request, keys);
    authorize(key, request.routeOptions.config.scope);
    request.principal = key.principal;
  });
}
