import { type Grant } from "@longarm/shared";
import type { IssuerSettings } from "../access-schema.ts";

type Claims = Readonly<Record<string, unknown>>;

/** Does a claim hold the value: as a whole, as one of a list, or as one of its words, as scopes are written? */
function holds(claim: unknown, value: string): boolean {
  if (Array.isArray(claim)) return claim.includes(value);
  return typeof claim === "string" && (claim === value || claim.split(" ").includes(value));
}

/** What the first fitting rule grants to a token with these claims; undefined: none fits. */
export function grantOfClaims(rules: IssuerSettings["grants"], claims: Claims): Grant | undefined {
  const rule = rules.find(({ when }) => !when || (Object.hasOwn(claims, when.claim) && holds(claims[when.claim], when.has)));
  if (!rule) return undefined;
  const { scopes, connections, lanes, ownRuns } = rule;
  return {
    scopes,
    ...(connections && { connections }),
    ...(lanes && { lanes }),
    ...(ownRuns === true && { ownRuns }),
  };
}
