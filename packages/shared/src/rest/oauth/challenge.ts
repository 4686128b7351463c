/** What a `www-authenticate` header says (RFC 6750, section 3; RFC 9449, section 7.1). */
export interface AuthChallenge {
  /** Such as `invalid_token`, `insufficient_scope` or `use_dpop_nonce`; "" when it names none. */
  readonly error: string;
  /** "" when it says nothing more. */
  readonly description: string;
  /** The scopes that the request needs; empty: not told. */
  readonly scopes: readonly string[];
}

function parameter(header: string, name: string): string {
  const found = new RegExp(`(?:^|[\\s,])${name}="((?:[^"\\\\]|\\\\.){0,500})"`, "i").exec(header)?.[1] ?? "";
  return found.replaceAll(/\\(.)/g, "$1");
}

/** Reads the challenge of a refusal; undefined when there is none. */
export function readAuthChallenge(headers: Readonly<Record<string, string>>): AuthChallenge | undefined {
  const header = headers["www-authenticate"];
  if (header === undefined) return undefined;
  return {
    error: parameter(header, "error").toLowerCase(),
    description: parameter(header, "error_description"),
    scopes: parameter(header, "scope").split(/\s+/).filter(Boolean),
  };
}
