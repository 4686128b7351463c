import { LongarmError } from "@longarm/shared";
import type { Auth, RestRequest } from "@longarm/shared/rest";
import type { Connection } from "../ports/connection-store.ts";
import type { Credential, CredentialStore } from "../ports/credential-store.ts";

/** Path and query as they will be sent. */
export function targetOf(request: Pick<RestRequest, "path" | "query">): string {
  if (request.query.length === 0) return request.path;
  return `${request.path}?${new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value])).toString()}`;
}

/** How calls of this connection prove who asks. Throws `unknown_credential` when its credential is gone. */
export async function authOf(deps: { readonly credentials: CredentialStore }, connection: Connection): Promise<Auth> {
  if (connection.credential === undefined) return { scheme: "none" };
  const found = await deps.credentials.get(connection.credential);
  if (found) return withoutName(found.value);
  throw new LongarmError(
    "unknown_credential",
    `The connection "${connection.name}" names the credential "${connection.credential}", which does not exist; set it with \`longarm credentials set ${connection.credential}\`.`,
  );
}

function withoutName(credential: Credential): Auth {
  if (credential.scheme === "ssws") return { scheme: "ssws", token: credential.token };
  return { scheme: "oauth", client: credential.client };
}
