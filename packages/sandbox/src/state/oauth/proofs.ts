import { createHash, randomBytes } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWTPayload } from "jose";

/** What came with a request, and what it has to be about. */
export interface ProofCheck {
  readonly proof: string | undefined;
  readonly method: string;
  /** Absolute, without query. */
  readonly url: string;
  /** The access token beside it; absent at the token endpoint. */
  readonly token?: string;
  readonly nowMs: number;
}

/** Whether a proof holds: the thumbprint of its key, or what is wrong with it. */
export type Proved =
  | { readonly ok: true; readonly thumbprint: string }
  | { readonly ok: false; readonly error: string; readonly why: string };

const windowMs = 300_000;

function invalid(why: string): Proved {
  return { ok: false, error: "invalid_dpop_proof", why };
}

function flawOf(claims: JWTPayload, { method, url, token, nowMs }: ProofCheck): string | undefined {
  const { htm, htu, ath, iat = 0, jti } = claims as JWTPayload & { htm?: unknown; htu?: unknown; ath?: unknown };
  if (jti === undefined) return "The 'jti' claim in the DPoP proof JWT is missing.";
  if (htm !== method) return "The 'htm' claim in the DPoP proof JWT does not match the request's method.";
  if (htu !== url) return "The 'htu' claim in the DPoP proof JWT does not match the request's URL.";
  if (Math.abs(nowMs - iat * 1_000) > windowMs) return "The 'iat' claim in the DPoP proof JWT is not within the accepted time.";
  const expected = token === undefined ? undefined : createHash("sha256").update(token).digest("base64url");
  return ath === expected ? undefined : "The 'ath' claim in the DPoP proof JWT does not match the access token.";
}

/** Checks DPoP proofs (RFC 9449): each counts once, and at the token endpoint only with the org's nonce. */
export class Proofs {
  readonly #seen = new Set<string>();
  #nonce = randomBytes(16).toString("base64url");

  /** The nonce that a proof at the token endpoint has to carry. */
  get nonce(): string {
    return this.#nonce;
  }

  /** Makes the nonce another one, as each day does. */
  renewNonce(): void {
    this.#nonce = randomBytes(16).toString("base64url");
  }

  async check(given: ProofCheck): Promise<Proved> {
    if (given.proof === undefined) return invalid("The DPoP proof JWT header is missing.");
    try {
      const { payload, protectedHeader } = await jwtVerify(given.proof, EmbeddedJWK, {
        typ: "dpop+jwt",
        currentDate: new Date(given.nowMs),
      });
      const flaw = flawOf(payload, given);
      if (flaw !== undefined) return invalid(flaw);
      if (given.token === undefined && payload["nonce"] !== this.#nonce)
        return { ok: false, error: "use_dpop_nonce", why: "Authorization server requires nonce in DPoP proof." };
      const id = payload.jti as string;
      if (this.#seen.has(id)) return invalid("The DPoP proof JWT has already been used.");
      this.#seen.add(id);
      return { ok: true, thumbprint: await calculateJwkThumbprint(protectedHeader.jwk ?? {}) };
    } catch {
      return invalid("The DPoP proof JWT cannot be verified.");
    }
  }
}
