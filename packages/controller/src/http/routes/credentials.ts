import { LongarmError, Secret, secretKeyword } from "@longarm/shared";
import { Type } from "typebox";
import type { Revised } from "../../ports/connection-store.ts";
import type { Credential } from "../../ports/credential-store.ts";
import { toRfc3339 } from "../moments.ts";
import { answers, closed, nameParams } from "../schemas.ts";
import { readExpectedRevision, toEtag } from "./revision.ts";
import type { Routes } from "./route.ts";

const tags = ["credentials"];
const reads = { scope: "credentials:read" } as const;
const writes = { scope: "credentials:write" } as const;
const shown = Type.Object(
  { name: Type.String(), scheme: Type.Enum(["ssws"]), revision: Type.Integer(), updatedAt: Type.String() },
  { description: "The token is never shown." },
);

function view({ value, revision, updatedAt }: Revised<Credential>): Record<string, unknown> {
  return { name: value.name, scheme: value.scheme, revision, updatedAt: toRfc3339(updatedAt) };
}

function unknownCredential(name: string): LongarmError {
  return new LongarmError("unknown_credential", `No credential is named "${name}"; \`longarm credentials ls\` lists them.`);
}

function registerReads({ app, deps }: Routes): void {
  const list = {
    operationId: "listCredentials",
    summary: "List credentials",
    tags,
    response: answers({ 200: Type.Object({ credentials: Type.Array(shown) }) }),
  };
  app.get("/v1/credentials", { schema: list, config: reads }, async () => ({ credentials: (await deps.credentials.list()).map(view) }));

  const one = {
    operationId: "getCredential",
    summary: "Show a credential, without its token",
    tags,
    params: nameParams,
    response: answers({ 200: shown }),
  };
  app.get("/v1/credentials/:name", { schema: one, config: reads }, async (request, reply) => {
    const found = await deps.credentials.get(request.params.name);
    if (!found) throw unknownCredential(request.params.name);
    return reply.header("etag", toEtag(found.revision)).send(view(found));
  });
}

async function refuseInUse({ deps }: Routes, name: string): Promise<void> {
  const users = (await deps.connections.list()).filter(({ value }) => value.credential === name).map(({ value }) => value.name);
  if (users.length === 0) return;
  throw new LongarmError("credential_in_use", `The credential "${name}" is used by ${users.join(", ")}; point them to another one first.`, {
    details: { connections: users },
  });
}

function registerWrites(routes: Routes): void {
  const { app, deps } = routes;
  // Visible ASCII, since it becomes a header's value.
  const token = Type.String({ minLength: 1, maxLength: 4_096, pattern: "^[!-~]+$", writeOnly: true, [secretKeyword]: true });
  const put = {
    operationId: "putCredential",
    summary: "Define a credential",
    tags,
    params: nameParams,
    body: closed({ scheme: Type.Enum(["ssws"]), token }),
    response: answers({ 200: shown, 201: shown }),
  };
  app.put("/v1/credentials/:name", { schema: put, config: writes }, async (request, reply) => {
    const { name } = request.params;
    const before = await deps.credentials.get(name);
    const credential: Credential = { name, scheme: "ssws", token: new Secret(request.body.token) };
    const stored = await deps.credentials.put(name, credential, readExpectedRevision(request.headers));
    return reply
      .code(before ? 200 : 201)
      .header("etag", toEtag(stored.revision))
      .send(view(stored));
  });

  const remove = {
    operationId: "removeCredential",
    summary: "Remove a credential",
    tags,
    params: nameParams,
    response: answers({ 204: Type.Null({ description: "It is gone." }) }),
  };
  app.delete("/v1/credentials/:name", { schema: remove, config: writes }, async (request, reply) => {
    const { name } = request.params;
    await refuseInUse(routes, name);
    if (!(await deps.credentials.remove(name))) throw unknownCredential(name);
    return reply.code(204).send();
  });
}

/** `/v1/credentials`: tokens go in and never come out. */
export function registerCredentials(routes: Routes): void {
  registerReads(routes);
  registerWrites(routes);
}
