import { LongarmError, Secret, secretKeyword } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { Type } from "typebox";
import type { Revised } from "../../ports/connection-store.ts";
import type { Credential } from "../../ports/credential-store.ts";
import { toRfc3339 } from "../moments.ts";
import { answers, closed, definitionName, nameParams, revisionMembers } from "../schemas.ts";
import { type DefinitionKind, registerDefinitions, sendStored } from "./definition-routes.ts";
import { readExpectedSequence, revisionHeaders } from "./revision.ts";
import type { Routes } from "./route.ts";

/** A credential as it is shown: without its token. */
export const CredentialSchema = Type.Object(
  { name: definitionName, scheme: Type.Enum(["ssws"]), ...revisionMembers },
  { $id: "Credential" },
);
const shown = Type.Ref("Credential");

function view({ value, revision, updatedAt }: Revised<Credential>): Record<string, unknown> {
  return { name: value.name, scheme: value.scheme, revision, updatedAt: toRfc3339(updatedAt) };
}

async function refuseInUse({ deps }: Routes, name: string): Promise<void> {
  const users = (await deps.connections.list()).filter(({ value }) => value.credential === name).map(({ value }) => value.name);
  if (users.length === 0) return;
  throw new LongarmError("credential_in_use", `The credential "${name}" is used by ${users.join(", ")}; point them to another one first.`, {
    details: { connections: users },
  });
}

function registerPut({ app, deps }: Routes, kind: DefinitionKind<Credential>): void {
  // It becomes a header's value.
  const inWords = { [expectsKeyword]: "visible ASCII characters without spaces", [secretKeyword]: true };
  const token = Type.String({ minLength: 1, maxLength: 4_096, pattern: "^[!-~]+$", writeOnly: true, ...inWords });
  const schema = {
    operationId: "putCredential",
    summary: "Define a credential",
    tags: ["credentials"],
    params: nameParams,
    body: closed({ scheme: Type.Enum(["ssws"]), token }, { examples: [{ scheme: "ssws", token: "00abc-the-token-from-okta" }] }),
    headers: revisionHeaders,
    response: answers({ 200: shown, 201: shown }),
  };
  app.put("/v1/credentials/:name", { schema, config: { scope: "credentials:write" } }, async (request, reply) => {
    const { name } = request.params;
    const credential: Credential = { name, scheme: "ssws", token: new Secret(request.body.token) };
    const stored = await deps.credentials.put(name, credential, readExpectedSequence(request.headers));
    return sendStored(reply, kind, stored);
  });
}

/** `/v1/credentials`: tokens go in and never come out. */
export function registerCredentials(routes: Routes): void {
  const checkRemoval = (name: string): Promise<void> => refuseInUse(routes, name);
  const kind: DefinitionKind<Credential> = { kind: "credential", store: routes.deps.credentials, shown, view, checkRemoval };
  registerDefinitions(routes.app, kind);
  registerPut(routes, kind);
}
