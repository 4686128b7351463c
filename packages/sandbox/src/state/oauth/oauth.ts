import { AccessTokens } from "./access-tokens.ts";
import { Proofs } from "./proofs.ts";
import { ClientStore } from "./client-store.ts";

/** The org's authorization server. */
export interface OAuth {
  readonly apps: ClientStore;
  readonly tokens: AccessTokens;
  readonly proofs: Proofs;
}

/** An authorization server that knows nobody yet. */
export function createOAuth(nowMs: () => number): OAuth {
  return { apps: new ClientStore(), tokens: new AccessTokens(nowMs), proofs: new Proofs() };
}
