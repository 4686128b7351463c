import { createHash, generateKeyPairSync } from "node:crypto";
import { type JWK, SignJWT } from "jose";

/** What a proof is about. */
export interface ProofSubject {
  readonly method: string;
  /** Absolute, without query and fragment. */
  readonly url: string;
  readonly nowSeconds: number;
  /** The server's latest nonce, if it gave one. */
  readonly nonce: string | undefined;
  /** The access token that goes with the request; absent when one is asked for. */
  readonly token?: string;
}

/** A key of this process alone, and the proofs that it is held here (DPoP, RFC 9449). It never leaves the process. */
export class ProofKey {
  readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #publicJwk: JWK = this.#pair.publicKey.export({ format: "jwk" });

  /** A proof for one request; each has an id of its own, since a server takes none twice. */
  prove({ method, url, nowSeconds, nonce, token }: ProofSubject): Promise<string> {
    const bound = token === undefined ? {} : { ath: createHash("sha256").update(token).digest("base64url") };
    return new SignJWT({ htm: method, htu: url, ...bound, ...(nonce !== undefined && { nonce }) })
      .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk: this.#publicJwk })
      .setJti(crypto.randomUUID())
      .setIssuedAt(nowSeconds)
      .sign(this.#pair.privateKey);
  }
}
