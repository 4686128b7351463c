import { LongarmError } from "../errors.ts";
import type { Auth } from "./contract.ts";

const credentialPattern = /^[\x21-\x7e]+$/;

const noHeaders: readonly string[] = [];

/** Headers, names and values in turn, that prove who asks. Throws where the credential is not one that can be sent from here. */
export function plainAuthorization(auth: Exclude<Auth, { readonly scheme: "oauth" }>): readonly string[] {
  if (auth.scheme === "none") return noHeaders;
  if (auth.scheme === "reference") throw unresolved(auth.reference.name);
  const token = auth.token.reveal();
  if (!credentialPattern.test(token))
    throw new LongarmError("authentication_failed", "The stored token holds characters that no header may carry; store it again.");
  return ["authorization", `SSWS ${token}`];
}

function unresolved(name: string): LongarmError {
  const message = `The credential "${name}" is a reference, which only the agents of its site resolve; nothing was sent.`;
  return new LongarmError("credential_unresolved", message, { details: { reference: name, reason: "not_here" } });
}
