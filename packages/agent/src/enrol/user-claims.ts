/** What an agent reads of a user JWT of the broker; it checks no signature: the broker does. */
export interface UserClaims {
  /** The public key that it was made for. */
  readonly sub: string;
  /** When it was made and when it ends: seconds on the controllers' wall clock. */
  readonly iat: number;
  readonly exp: number;
}

/** The claims of a user JWT that ends some time; undefined for anything else. */
export function readUserClaims(jwt: string): UserClaims | undefined {
  try {
    const { sub, iat, exp } = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
    return typeof sub === "string" && typeof iat === "number" && typeof exp === "number" ? { sub, iat, exp } : undefined;
  } catch {
    return undefined;
  }
}
