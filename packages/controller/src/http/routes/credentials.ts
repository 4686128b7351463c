import { LongarmError } from "@longarm/shared";
import { namedScopes } from "@longarm/spoke";
import { Type } from "typebox";
import type { Credential } from "../../ports/credential-store.ts";
import { refuse } from "../invalid-request.ts";
import { toRfc3339 } from "../moments.ts";
import { answers, nameParams } from "../schemas.ts";
import { assertMayUse } from "../run-access.ts";
import { CredentialForm, readCredential, viewCredential } from "./credential-form.ts";
import { type DefinitionKind, existing, registerDefinitions, sendStored } from "./definition-routes.ts";
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

/** A credential that becomes a reference strands the connections whose calls are made where none is resolved. */
async function refuseStranding({ deps }: Routes, { name, scheme }: Credential): Promise<void> {
  if (scheme !== "reference") return;
  const stranded = (await deps.connections.list()).filter(({ value }) => value.credential === name && value.placement.on === "local");
  if (stranded.length === 0) return;
  const names = stranded.map(({ value }) => value.name).join(", ");
  refuse("body", "/reference", `is resolved by agents alone, yet ${names} makes its calls locally; place it on "agent" or "either" first`);
}

function registerPut(routes: Routes, kind: DefinitionKind<Credential>): void {
  const { app, deps } = routes;
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
    // A reference of another name would be somebody else's credential under one's own.
    if (request.body.reference !== undefined) assertMayUse(request.principal, request.body.reference, "credential");
    const credential = readCredential(name, request.body, defaults);
    await refuseStranding(routes, credential);
    const stored = await deps.credentials.put(name, credential, readExpectedSequence(request.headers));
    return sendStored(reply, kind, stored);
  });
}

const receipt = Type.Object({
  agent: Type.Object({ id: Type.String(), name: Type.String() }),
  revision: Type.Integer(),
  setAt: Type.String({ description: "When that value was set." }),
  firstAt: Type.String({ description: "When the agent was given it for the first time." }),
  current: Type.Boolean({ description: "Is it the value that is in use now?" }),
});

function registerReceipts({ app, deps }: Routes): void {
  const schema = {
    operationId: "listCredentialReceipts",
    summary: "Tell which agents ever were given a credential",
    tags: ["credentials"],
    params: nameParams,
    response: answers({ 200: Type.Object({ receipts: Type.Array(receipt) }) }),
  };
  app.get("/v1/credentials/:name/receipts", { schema, config: { scope: "credentials:read" } }, async (request) => {
    const { name } = request.params;
    assertMayUse(request.principal, name, "credential");
    const [all, now] = await Promise.all([deps.receipts.list(), deps.credentials.get(name)]);
    const own = all.filter(({ credential }) => credential === name);
    // What was removed is still known to whoever was given it.
    if (own.length === 0) await existing({ kind: "credential", store: deps.credentials }, name);
    const receipts = own.map(({ agentId: id, agentName, revision, setAt, firstAt }) => ({
      agent: { id, name: agentName },
      revision,
      ...{ setAt: toRfc3339(setAt), firstAt: toRfc3339(firstAt) },
      current: now?.revision === revision && now.updatedAt === setAt,
    }));
    return { receipts };
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
  registerReceipts(routes);
}
