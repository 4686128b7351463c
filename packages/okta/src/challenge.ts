import type { ActionResponse } from "@longarm/spoke";

/** Why a credential was refused, as far as the target's challenge tells. */
export interface Challenge {
  /** `scope_missing`, `token_rejected` or `dpop_rejected`. */
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

function parameter(challenge: string, name: string): string {
  const found = new RegExp(`(?:^|[\\s,])${name}="((?:[^"\\\\]|\\\\.){0,500})"`, "i").exec(challenge)?.[1] ?? "";
  return found.replaceAll(/\\(.)/g, "$1");
}

/** Reads the `www-authenticate` header of a refusal; undefined when it holds no error that is known. */
export function readChallenge({ headers }: ActionResponse): Challenge | undefined {
  const header = headers["www-authenticate"] ?? "";
  const cause = causes[parameter(header, "error").toLowerCase()];
  if (cause === undefined) return undefined;
  const scopes = parameter(header, "scope").split(/\s+/).filter(Boolean);
  return { cause, scopes, said: parameter(header, "error_description") };
}
