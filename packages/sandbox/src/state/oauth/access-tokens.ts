import { randomBytes } from "node:crypto";

/** An access token that was granted. */
export interface GrantedToken {
  readonly value: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAtMs: number;
  /** Thumbprint of the key that it is bound to; undefined: a bearer token. */
  readonly boundTo: string | undefined;
}

/** Why a token is not accepted. */
export type TokenFlaw = "unknown" | "expired";

const lifeMs = 3_600_000;

/** The access tokens that an org has granted. */
export class AccessTokens {
  readonly #tokens = new Map<string, GrantedToken>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Grants a token for an hour. */
  grant(to: Pick<GrantedToken, "clientId" | "scopes" | "boundTo">): GrantedToken & { readonly expiresInSeconds: number } {
    const token = { ...to, value: randomBytes(48).toString("base64url"), expiresAtMs: this.#nowMs() + lifeMs };
    this.#tokens.set(token.value, token);
    return { ...token, expiresInSeconds: lifeMs / 1_000 };
  }

  find(value: string): GrantedToken | TokenFlaw {
    const token = this.#tokens.get(value);
    if (!token) return "unknown";
    return token.expiresAtMs > this.#nowMs() ? token : "expired";
  }

  /** Ends every token, as an administrator's revocation does or as their hour would; returns how many there were. */
  end(how: "revoked" | "expired"): number {
    const count = this.#tokens.size;
    const all = [...this.#tokens.values()];
    this.#tokens.clear();
    if (how === "expired") for (const token of all) this.#tokens.set(token.value, { ...token, expiresAtMs: 0 });
    return count;
  }
}
