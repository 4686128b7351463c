import type { Org } from "../org.ts";
import { type Refusal, refuseInvalid } from "../refusal.ts";
import { changeUser } from "./lifecycle.ts";
import type { UserRecord } from "./user.ts";

const factorTypes: ReadonlySet<string> = new Set([
  "call",
  "email",
  "push",
  "question",
  "signed_nonce",
  "sms",
  "token",
  "token:hardware",
  "token:hotp",
  "token:software:totp",
  "u2f",
  "web",
  "webauthn",
]);

/** A second factor that a user has enrolled. */
export interface FactorRecord {
  readonly id: string;
  readonly factorType: string;
  readonly provider: string;
  readonly created: string;
}

export type Enrolled = { readonly kind: "enrolled"; readonly factor: FactorRecord } | Refusal;

/** Enrols a factor, which counts at once: what Okta's user would have to confirm first is taken as confirmed. */
export function enrolFactor(org: Org, user: UserRecord, wish: { readonly factorType: unknown; readonly provider: unknown }): Enrolled {
  const { factorType, provider = "OKTA" } = wish;
  if (typeof factorType !== "string" || !factorTypes.has(factorType)) return refuseInvalid("factorType", "factorType: Invalid value");
  if (typeof provider !== "string") return refuseInvalid("provider", "provider: Expecting string.");
  const factor: FactorRecord = { id: `opf${org.newSecret(17)}`, factorType, provider, created: org.now() };
  changeUser(org, user, { factors: [...(user.factors ?? []), factor] });
  return { kind: "enrolled", factor };
}
