import { LongarmError, type ExecutorChoice } from "@longarm/shared";
import type { Auth, RestRequest } from "@longarm/shared/rest";
import type { Connection, Revised } from "../../ports/connection-store.ts";
import type { CredentialReceipts } from "../../ports/credential-receipts.ts";
import type { Credential, CredentialStore } from "../../ports/credential-store.ts";

/** Path and query as they will be sent. */
export function targetOf(request: Pick<RestRequest, "path" | "query">): string {
  if (request.query.length === 0) return request.path;
  return `${request.path}?${new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value])).toString()}`;
}

interface AuthDeps {
  readonly credentials: CredentialStore;
  readonly receipts: CredentialReceipts;
}

/**
 * How calls of this connection prove who asks, where they are made. What an agent is given for the first time is on record before that.
 * Throws `unknown_credential` when the connection's credential is gone.
 */
export async function authOf(deps: AuthDeps, connection: Connection, executor: ExecutorChoice): Promise<Auth> {
  if (connection.credential === undefined) return { scheme: "none" };
  const found = await credentialOf(deps, connection);
  if (executor.kind === "agent" && found.value.scheme !== "reference") {
    const version = { credential: found.value.name, revision: found.revision, setAt: found.updatedAt };
    await deps.receipts.note(version, { id: executor.agentId, name: executor.agentName });
  }
  return withoutName(found.value);
}

/** By which name agents know the connection's credential; undefined: it is none that they are to know, or it is gone. */
export async function referenceOf(deps: Pick<AuthDeps, "credentials">, { credential }: Connection): Promise<string | undefined> {
  const found = credential === undefined ? undefined : await deps.credentials.get(credential);
  return found?.value.scheme === "reference" ? found.value.reference.name : undefined;
}

async function credentialOf(deps: Pick<AuthDeps, "credentials">, { name, credential = "" }: Connection): Promise<Revised<Credential>> {
  const found = await deps.credentials.get(credential);
  if (found) return found;
  throw new LongarmError(
    "unknown_credential",
    `The connection "${name}" names the credential "${credential}", which does not exist; set it with \`longarm credentials set ${credential}\`.`,
  );
}

function withoutName(credential: Credential): Auth {
  if (credential.scheme === "ssws") return { scheme: "ssws", token: credential.token };
  if (credential.scheme === "reference") return { scheme: "reference", reference: credential.reference };
  return { scheme: "oauth", client: credential.client };
}
