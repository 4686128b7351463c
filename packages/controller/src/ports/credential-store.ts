import type { Secret } from "@longarm/shared";
import type { CredentialReference, OAuthClient } from "@longarm/shared/rest";
import type { DefinitionStore } from "./connection-store.ts";

/** An API token of an Okta administrator. */
export interface SswsCredential {
  readonly name: string;
  readonly scheme: "ssws";
  readonly token: Secret;
}

/** An OAuth service app, whose tokens the executor gets by itself. */
export interface OAuthCredential {
  readonly name: string;
  readonly scheme: "oauth";
  readonly client: OAuthClient;
}

/** A credential that the sites of agents define themselves: nothing of it is held here but its name there. */
export interface ReferenceCredential {
  readonly name: string;
  readonly scheme: "reference";
  readonly reference: CredentialReference;
}

/** How to authenticate. Token and key leave the store only to be used. */
export type Credential = SswsCredential | OAuthCredential | ReferenceCredential;

export type CredentialStore = DefinitionStore<Credential>;
