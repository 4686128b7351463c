import type { ApiKey, ApiKeyStore } from "../ports/api-key-store.ts";
import type { Authenticate, Principal } from "../ports/principal.ts";
import { idOfToken } from "./api-token.ts";

/** Somebody else who vouches for principals by tokens of their own. */
export interface TokenIssuer {
  /** Does the token say that it is this issuer's? What it says is not believed yet. */
  claims(token: string): boolean;
  /** The principal of a token; undefined: it is not valid. Throws `issuer_unavailable`, and `forbidden` where nothing is granted. */
  readonly authenticate: Authenticate;
}

function principalOf({
  principal: name,
  createdBy,
  makers = [],
  scopes,
  connections,
  lanes,
  ownRuns,
  expiresAt,
  isSession,
}: ApiKey): Principal {
  return {
    ...{ name, scopes },
    ...(createdBy !== undefined && { madeBy: [createdBy, ...makers] }),
    ...(connections && { connections }),
    ...(lanes && { lanes }),
    ...(ownRuns === true && { ownRuns }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(isSession === true && { isSession }),
  };
}

/** Tells whose a token is: of an API key by its form, else of the issuer that it names. */
export function authenticator(deps: {
  readonly keys: Pick<ApiKeyStore, "findByToken">;
  readonly issuers: readonly TokenIssuer[];
}): Authenticate {
  return async (token) => {
    const issuer = idOfToken(token) === undefined ? deps.issuers.find((one) => one.claims(token)) : undefined;
    if (issuer) return issuer.authenticate(token);
    const key = await deps.keys.findByToken(token);
    return key && principalOf(key);
  };
}
