import { decodeJwt, errors, jwtVerify } from "jose";
import type { ServiceApp, ClientStore } from "./client-store.ts";

/** What a token request proves its client with. */
export interface AssertionCheck {
  readonly assertion: string;
  /** The token endpoint's absolute URL. */
  readonly audience: string;
  readonly nowMs: number;
}

/** The app that an assertion stands for, or what is wrong with it. */
export type ProvedClient = { readonly ok: true; readonly app: ServiceApp } | { readonly ok: false; readonly why: string };

const longestLifeSeconds = 3_600;
const algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

function reasonOf(fault: unknown): string {
  if (fault instanceof errors.JWTExpired) return "The client_assertion token is expired.";
  if (fault instanceof errors.JWTClaimValidationFailed && fault.claim === "aud")
    return "The audience claim for client_assertion must be the endpoint invoked for the request.";
  if (fault instanceof errors.JWTClaimValidationFailed) return `The client_assertion token has an invalid claim: ${fault.claim}.`;
  return "The client_assertion signature is invalid.";
}

/** Checks the JWT by which a client proves its identity: issuer, subject, audience, lifetime, signature. */
export async function checkAssertion(apps: ClientStore, { assertion, audience, nowMs }: AssertionCheck): Promise<ProvedClient> {
  const refused = (why: string): ProvedClient => ({ ok: false, why });
  try {
    const { iss = "" } = decodeJwt(assertion);
    const app = apps.find(iss);
    if (!app) return refused("The client_id in the client_assertion is invalid or not found.");
    const { payload } = await jwtVerify(assertion, app.key, {
      ...{ issuer: iss, subject: iss, audience, algorithms },
      currentDate: new Date(nowMs),
      requiredClaims: ["exp"],
    });
    if ((payload.exp ?? 0) - nowMs / 1_000 > longestLifeSeconds)
      return refused("The client_assertion token has an expiration too far into the future.");
    return { ok: true, app };
  } catch (fault) {
    return refused(reasonOf(fault));
  }
}
