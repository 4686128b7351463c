import { LongarmError } from "@longarm/shared";
import { namedScopes } from "@longarm/spoke";
import { Type } from "typebox";
import type { Credential } from "../../ports/credential-store.ts";
import { answers, nameParams } from "../schemas.ts";
import { assertMayUse } from "../run-access.ts";
import { CredentialForm, readCredential, viewCredential } from "./credential-form.ts";
import { type DefinitionKind, registerDefinitions, sendStored } from "./definition-routes.ts";
import { readExpectedSequence, revisionHeaders } from "./revision.ts";
import type { Routes } from "./route.ts";

export { CredentialSchema } from "./credential-form.ts";

const shown = Type.Ref("Credential");

async function refuseInUse({ deps }: Routes, name: string): Promise<void> {
  const users = (await deps.connections.list()).filter(({ value }) => value.credential === name).map(({ value }) => value.name);
  if (users.length === 0) return;
  throw new LongarmError("credential_in_use", `The credential "${name}" is used by ${users.join(", ")}; point them to another one first.`, {
    details: { connections: users },
  });
}

function registerPut({ app, deps }: Routes, kind: DefinitionKind<Credential>): void {
  const schema = {
    operationId: "putCredential",
    summary: "Define a credential",
    tags: ["credentials"],
    params: nameParams,
    body: CredentialForm,
    headers: revisionHeaders,
    response: answers({ 200: shown, 201: shown }),
  };
  const defaults = {
    scopes: namedScopes(deps.catalogue.list()),
    tokenPath: deps.catalogue.spokes()[0]?.tokenPath ?? "/oauth2/v1/token",
  };
  app.put("/v1/credentials/:name", { schema, config: { scope: "credentials:write" } }, async (request, reply) => {
    const { name } = request.params;
    assertMayUse(request.principal, name, "credential");
    const credential = readCredential(name, request.body, defaults);
    const stored = await deps.credentials.put(name, credential, readExpectedSequence(request.headers));
    return sendStored(reply, kind, stored);
  });
}

/** `/v1/credentials`: tokens and keys go in and never come out. */
export function registerCredentials(routes: Routes): void {
  const checkRemoval = (name: string): Promise<void> => refuseInUse(routes, name);
  const kind: DefinitionKind<Credential> = {
    kind: "credential",
    store: routes.deps.credentials,
    shown,
    view: viewCredential,
    checkRemoval,
  };
  registerDefinitions(routes.app, kind);
  registerPut(routes, kind);
}
