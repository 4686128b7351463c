import { SignJWT } from "jose";
import type { ClientKey } from "./client-key.ts";

// Okta takes up to an hour; a short life leaves little to whoever finds one, and room for clocks that differ by minutes.
const lifeSeconds = 300;

/** Who asks, at which address, and when (Unix seconds). */
export interface AssertionClaims {
  readonly clientId: string;
  readonly audience: string;
  readonly nowSeconds: number;
}

/** The JWT by which a client proves its identity to a token endpoint (RFC 7523). */
export function signAssertion(key: ClientKey & { readonly keyId: string | undefined }, claims: AssertionClaims): Promise<string> {
  const { clientId, audience, nowSeconds } = claims;
  return new SignJWT({})
    .setProtectedHeader({ alg: key.algorithm, ...(key.keyId !== undefined && { kid: key.keyId }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setJti(crypto.randomUUID())
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifeSeconds)
    .sign(key.key);
}
