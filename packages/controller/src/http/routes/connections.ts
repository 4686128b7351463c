import { LongarmError } from "@longarm/shared";
import { Type } from "typebox";
import type { Connection, Revised } from "../../ports/connection-store.ts";
import { answers, closed, ExecutorSchema, nameParams } from "../schemas.ts";
import { ConnectionForm, readConnection, viewConnection } from "./connection-form.ts";
import { readExpectedRevision, toEtag } from "./revision.ts";
import type { Routes } from "./route.ts";
import { compileOn, SelectorForm } from "./run-form.ts";

const tags = ["connections"];
const reads = { scope: "connections:read" } as const;
const writes = { scope: "connections:write" } as const;
const shown = Type.Object(
  { name: Type.String(), revision: Type.Integer(), updatedAt: Type.String() },
  { description: "The connection as it was written." },
);
const verdict = Type.Object({
  ok: Type.Boolean(),
  connection: Type.String(),
  executor: Type.Union([ExecutorSchema, Type.Null()]),
  why: Type.Union([Type.String(), Type.Null()]),
  method: Type.String(),
  path: Type.String(),
  status: Type.Union([Type.Integer(), Type.Null()]),
  queuedMs: Type.Number(),
  sentMs: Type.Union([Type.Number(), Type.Null()]),
  oktaRequestId: Type.Union([Type.String(), Type.Null()]),
  error: Type.Unknown(),
});

function unknownConnection(name: string): LongarmError {
  return new LongarmError("unknown_connection", `No connection is named "${name}"; \`longarm connections ls\` lists them.`);
}

async function existing({ deps }: Routes, name: string): Promise<Revised<Connection>> {
  const found = await deps.connections.get(name);
  if (!found) throw unknownConnection(name);
  return found;
}

async function checkCredential({ deps }: Routes, credential: string | undefined): Promise<void> {
  if (credential === undefined || (await deps.credentials.get(credential))) return;
  throw new LongarmError(
    "unknown_credential",
    `No credential is named "${credential}"; make it with \`longarm credentials set ${credential}\` first.`,
  );
}

function registerReads(routes: Routes): void {
  const { app, deps } = routes;
  const list = {
    operationId: "listConnections",
    summary: "List connections",
    tags,
    response: answers({ 200: Type.Object({ connections: Type.Array(shown) }) }),
  };
  app.get("/v1/connections", { schema: list, config: reads }, async () => ({
    connections: (await deps.connections.list()).map(viewConnection),
  }));

  const one = { operationId: "getConnection", summary: "Show a connection", tags, params: nameParams, response: answers({ 200: shown }) };
  app.get("/v1/connections/:name", { schema: one, config: reads }, async (request, reply) => {
    const found = await existing(routes, request.params.name);
    return reply.header("etag", toEtag(found.revision)).send(viewConnection(found));
  });
}

function registerWrites(routes: Routes): void {
  const { app, deps } = routes;
  const put = {
    operationId: "putConnection",
    summary: "Define a connection",
    description: "Replaces it whole. `If-Match` names the revision that must be there, `If-None-Match: *` asks that there is none.",
    tags,
    params: nameParams,
    body: ConnectionForm,
    response: answers({ 200: shown, 201: shown }),
  };
  app.put("/v1/connections/:name", { schema: put, config: writes }, async (request, reply) => {
    const { name } = request.params;
    const connection = readConnection(name, request.body);
    await checkCredential(routes, connection.credential);
    const before = await deps.connections.get(name);
    const stored = await deps.connections.put(name, connection, readExpectedRevision(request.headers));
    return reply
      .code(before ? 200 : 201)
      .header("etag", toEtag(stored.revision))
      .send(viewConnection(stored));
  });

  const remove = {
    operationId: "removeConnection",
    summary: "Remove a connection",
    tags,
    params: nameParams,
    response: answers({ 204: Type.Null({ description: "It is gone." }) }),
  };
  app.delete("/v1/connections/:name", { schema: remove, config: writes }, async (request, reply) => {
    if (!(await deps.connections.remove(request.params.name))) throw unknownConnection(request.params.name);
    return reply.code(204).send();
  });
}

function registerTest(routes: Routes): void {
  const { app, deps, ending } = routes;
  const body = Type.Optional(closed({ on: Type.Optional(SelectorForm) }));
  const schema = {
    operationId: "testConnection",
    summary: "Make a real call by the way a run would take",
    description: "Answers 200 whatever came of the call; `ok` tells.",
    tags,
    params: nameParams,
    body: Type.Union([body, Type.Null()]),
    response: answers({ 200: verdict }),
  };
  app.post("/v1/connections/:name/test", { schema, config: reads }, async (request, reply) => {
    const { name } = await existing(routes, request.params.name).then((found) => found.value);
    const on = request.body?.on;
    return deps.testConnection(name, on === undefined ? undefined : compileOn(on), ending.of(reply));
  });
}

/** `/v1/connections` and what hangs below it. */
export function registerConnections(routes: Routes): void {
  registerReads(routes);
  registerWrites(routes);
  registerTest(routes);
}
