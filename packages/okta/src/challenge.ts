import { readAuthChallenge } from "@longarm/shared/rest";
import type { ActionResponse } from "@longarm/spoke";

/** Why a credential was refused, as far as the target's challenge tells. */
export interface Challenge {
  /** `scope_missing`, `token_expired`, `token_rejected` or `dpop_rejected`. */
  readonly cause: string;
  /** The scopes that the call needs; empty: not told. */
  readonly scopes: readonly string[];
  /** What the target says about it, cut to a sentence. */
  readonly said: string;
}

// RFC 6750 and RFC 9449 name these; all others mean nothing special here.
const causes: Readonly<Record<string, string>> = {
  insufficient_scope: "scope_missing",
  invalid_token: "token_rejected",
  invalid_dpop_proof: "dpop_rejected",
  use_dpop_nonce: "dpop_rejected",
};

/** Reads the `www-authenticate` header of a refusal; undefined when it holds no error that is known. */
export function readChallenge({ headers }: ActionResponse): Challenge | undefined {
  const challenge = readAuthChallenge(headers);
  const cause = causes[challenge?.error ?? ""];
  if (challenge === undefined || cause === undefined) return undefined;
  const { scopes, description } = challenge;
  // RFC 6750 has one code for expired, revoked and malformed; only the sentence tells, and only the hint to the reader depends on it.
  return { cause: cause === "token_rejected" && /expired/i.test(description) ? "token_expired" : cause, scopes, said: description };
}
