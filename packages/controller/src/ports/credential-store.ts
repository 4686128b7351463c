import type { Secret } from "@longarm/shared";
import type { DefinitionStore } from "./connection-store.ts";

/** How to authenticate. The token leaves the store only to be used. */
export interface Credential {
  readonly name: string;
  readonly scheme: "ssws";
  readonly token: Secret;
}

export type CredentialStore = DefinitionStore<Credential>;
