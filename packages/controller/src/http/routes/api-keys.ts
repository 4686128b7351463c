import { LongarmError, type Grant } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { Type } from "typebox";
import { newApiToken } from "../../access/api-token.ts";
import { excessOf, mayEverything } from "../../decide/access.ts";
import type { ApiKey, ApiKeyWish } from "../../ports/api-key-store.ts";
import type { Principal } from "../../ports/principal.ts";
import { toRfc3339 } from "../moments.ts";
import { answers, closed } from "../schemas.ts";
import { grantMembers, readGrant } from "./grant-form.ts";
import type { Routes } from "./route.ts";

const tags = ["access"];
const time = Type.String({ format: "date-time" });
const nullableTime = Type.Union([time, Type.Null()]);
const names = Type.Union([Type.Array(Type.String()), Type.Null()], { description: "Null: all of them." });

const keyMembers = {
  id: Type.String(),
  name: Type.String({ description: "The principal: as runs show who submitted them." }),
  state: Type.Enum(["valid", "expired", "revoked"]),
  scopes: Type.Array(Type.String()),
  connections: names,
  lanes: names,
  ownRuns: Type.Boolean(),
  createdAt: time,
  createdBy: Type.Union([Type.String(), Type.Null()]),
  expiresAt: nullableTime,
  revokedAt: nullableTime,
  lastUsedAt: { ...nullableTime, description: "A minute late at most." },
};
/** An API key as it is shown: without its token. */
export const ApiKeySchema = Type.Object(keyMembers, { $id: "ApiKey" });

/** A key with its token, which is shown this once. */
export const NewApiKeySchema = Type.Object(
  { ...keyMembers, token: Type.String({ description: "Shown this once; only its hash is kept." }) },
  { $id: "NewApiKey" },
);

const params = closed({
  id: Type.String({ pattern: "^[0-9a-f]{16}$", [expectsKeyword]: "an API key's id: 16 hex digits", examples: ["0123456789abcdef"] }),
});
const KeyForm = closed(
  {
    name: Type.String({
      pattern: "^[A-Za-z0-9][A-Za-z0-9_.@-]{0,62}$",
      [expectsKeyword]: "a name: a letter or digit, then at most 62 letters, digits, _ . @ or -",
      description: "The principal that the key speaks for. Keys of one name, such as an old and a new one, count as the same.",
      examples: ["ci"],
    }),
    ...grantMembers,
    expiresAt: Type.Optional(
      Type.String({ minLength: 2, maxLength: 40, description: "RFC 3339, or a duration such as `90d`; absent: never, unless all must." }),
    ),
  },
  { examples: [{ name: "ci", scopes: ["runs:read", "runs:submit"], connections: ["acme*"], expiresAt: "90d" }] },
);

function timeOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : toRfc3339(ms);
}

function stateOf({ revokedAt, expiresAt }: ApiKey, nowMs: number): "valid" | "expired" | "revoked" {
  if (revokedAt !== undefined) return "revoked";
  return expiresAt !== undefined && expiresAt <= nowMs ? "expired" : "valid";
}

/** A key as it is shown. */
export function viewApiKey(key: ApiKey, nowMs: number): Record<string, unknown> {
  const { id, principal: name, scopes, connections = null, lanes = null, ownRuns = false, createdBy = null } = key;
  return {
    ...{ id, name, state: stateOf(key, nowMs), scopes, connections, lanes, ownRuns, createdBy },
    createdAt: toRfc3339(key.createdAt),
    expiresAt: timeOrNull(key.expiresAt),
    revokedAt: timeOrNull(key.revokedAt),
    lastUsedAt: timeOrNull(key.lastUsedAt),
  };
}

/** Nobody gives away what they do not have. */
function assertWithin(wish: Grant, maker: Principal): void {
  const excess = excessOf(wish, maker);
  if (excess.length === 0) return;
  throw new LongarmError("not_allowed", `A key may not grant more than "${maker.name}" has; this one would grant ${excess.join(", ")}.`, {
    details: { excess },
  });
}

/** Another's name would open what is theirs: their secret outputs, their idempotency keys, their half of an approval. */
function assertMayBear(name: string, maker: Principal, keys: readonly ApiKey[]): void {
  if (name === maker.name || mayEverything(maker)) return;
  if (keys.every(({ principal, createdBy }) => principal !== name || createdBy === maker.name)) return;
  throw new LongarmError("not_allowed", `"${name}" is the name of a key that "${maker.name}" did not make; choose another name.`);
}

function bounded(wish: Grant, { deps }: Routes): Grant {
  const { longestKeyLifeMs, clock } = deps;
  if (longestKeyLifeMs === undefined) return wish;
  const latest = clock.nowMs() + longestKeyLifeMs;
  if (wish.expiresAt === undefined) return { ...wish, expiresAt: latest };
  if (wish.expiresAt <= latest) return wish;
  throw new LongarmError("not_allowed", `No key of this installation may live beyond ${toRfc3339(latest)} (\`access.longestKeyLife\`).`);
}

/** Who makes a key, and whoever made theirs. */
export function makerOf({ name, madeBy }: Principal): Pick<ApiKeyWish, "createdBy" | "makers"> {
  return { createdBy: name, ...(madeBy && { makers: madeBy }) };
}

function registerCreation(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "createApiKey",
    summary: "Make an API key",
    description: "Its token is shown in this answer and never again. It grants no more than its maker has.",
    tags,
    body: KeyForm,
    response: answers({ 201: Type.Ref("NewApiKey") }),
  };
  app.post("/v1/api-keys", { schema, config: { scope: "api-keys:write" } }, async (request, reply) => {
    const { principal: maker, body } = request;
    const nowMs = deps.clock.nowMs();
    const wish = bounded(readGrant(body, nowMs), routes);
    assertWithin(wish, maker);
    assertMayBear(body.name, maker, await deps.apiKeys.list());
    const token = newApiToken();
    const key = await deps.apiKeys.add(token, { ...wish, principal: body.name, ...makerOf(maker) });
    return reply
      .code(201)
      .header("location", `/v1/api-keys/${key.id}`)
      .send({ ...viewApiKey(key, nowMs), token: token.reveal() });
  });
}

function rulesForever(key: ApiKey, nowMs: number): boolean {
  return stateOf(key, nowMs) === "valid" && mayEverything(key) && key.expiresAt === undefined;
}

async function assertNotLast({ deps }: Routes, key: ApiKey): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const ruling = (await deps.apiKeys.list()).filter((one) => rulesForever(one, nowMs));
  if (ruling.length > 1 || ruling[0]?.id !== key.id) return;
  throw new LongarmError(
    "invalid_state",
    "This is the last key that may do everything and does not expire; make another such key first, and keep it well.",
  );
}

function registerRevocation(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "revokeApiKey",
    summary: "Revoke an API key",
    description: "It opens nothing any more, on every controller within two seconds.",
    tags,
    params,
    response: answers({ 200: Type.Ref("ApiKey") }),
  };
  app.delete("/v1/api-keys/:id", { schema, config: { scope: "api-keys:write" } }, async (request) => {
    const key = await existing(routes, request.params.id);
    const { principal } = request;
    const isTheirs = key.principal === principal.name || key.createdBy === principal.name;
    if (!isTheirs && excessOf(key, { ...principal, isSession: true }).length > 0)
      throw new LongarmError("not_allowed", `"${principal.name}" may not revoke a key that grants more than its own.`);
    await assertNotLast(routes, key);
    return viewApiKey((await deps.apiKeys.revoke(key.id)) ?? key, deps.clock.nowMs());
  });
}

async function existing({ deps }: Routes, id: string): Promise<ApiKey> {
  const key = await deps.apiKeys.get(id);
  if (key) return key;
  throw new LongarmError("unknown_api_key", `No API key has the id ${id}; \`longarm api-keys ls\` lists them.`);
}

/** `/v1/api-keys`: who may do what. */
export function registerApiKeys(routes: Routes): void {
  const { app, deps } = routes;
  const reads = { scope: "api-keys:read" } as const;
  const list = {
    operationId: "listApiKeys",
    summary: "List API keys, newest first",
    tags,
    response: answers({ 200: Type.Object({ apiKeys: Type.Array(Type.Ref("ApiKey")) }) }),
  };
  app.get("/v1/api-keys", { schema: list, config: reads }, async () => {
    const nowMs = deps.clock.nowMs();
    return { apiKeys: (await deps.apiKeys.list()).map((key) => viewApiKey(key, nowMs)) };
  });
  const one = { operationId: "getApiKey", summary: "Show an API key", tags, params, response: answers({ 200: Type.Ref("ApiKey") }) };
  app.get("/v1/api-keys/:id", { schema: one, config: reads }, async (request) =>
    viewApiKey(await existing(routes, request.params.id), deps.clock.nowMs()),
  );
  registerCreation(routes);
  registerRevocation(routes);
}
