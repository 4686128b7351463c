import { LongarmError, type Clock } from "@longarm/shared";
import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import type { Principal } from "../../ports/principal.ts";
import type { IssuerSettings } from "../access-schema.ts";
import type { TokenIssuer } from "../authenticator.ts";
import { grantOfClaims } from "./grant-of-claims.ts";
import { IssuerKeys } from "./issuer-keys.ts";

const acceptedName = /^[\x21-\x7e]{1,200}$/;

/**
 * Bearer tokens (JWT, RFC 9068 or alike) of one issuer: signed by a key that it publishes, under an algorithm of the list, for our audience,
 * not expired. What a token may do stands in the configuration, by its claims.
 */
export class OidcIssuer implements TokenIssuer {
  readonly #settings: IssuerSettings;
  readonly #clock: Clock;
  readonly #keys: IssuerKeys;

  constructor(settings: IssuerSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    const { issuer, jwksUri } = settings;
    this.#keys = new IssuerKeys({ issuer, clock, ...(jwksUri !== undefined && { jwksUri }) });
  }

  claims(token: string): boolean {
    const { issuer, audience } = this.#settings;
    try {
      const { iss, aud } = decodeJwt(token);
      return iss === issuer && [aud].flat().includes(audience);
    } catch {
      return false;
    }
  }

  readonly authenticate = async (token: string): Promise<Principal | undefined> => {
    const payload = await this.#verified(token);
    return payload && this.#principalOf(payload);
  };

  async #verified(token: string): Promise<JWTPayload | undefined> {
    try {
      return await this.#verify(token, await this.#keys.current());
    } catch (reason) {
      if (!(reason instanceof errors.JOSEError)) throw reason;
      if (!(reason instanceof errors.JWKSNoMatchingKey)) return undefined;
    }
    const renewed = await this.#keys.renewed();
    return renewed && this.#verify(token, renewed).catch(notValid);
  }

  async #verify(token: string, keys: JWTVerifyGetKey): Promise<JWTPayload> {
    const { issuer, audience, algorithms, clockTolerance, principalClaim } = this.#settings;
    const { payload } = await jwtVerify(token, keys, {
      ...{ issuer, audience, algorithms },
      clockTolerance: clockTolerance / 1_000,
      currentDate: new Date(this.#clock.nowMs()),
      requiredClaims: ["exp", principalClaim],
    });
    return payload;
  }

  #principalOf(payload: JWTPayload): Principal | undefined {
    const { name, principalClaim, clockTolerance, grants } = this.#settings;
    const subject = payload[principalClaim];
    if (typeof subject !== "string" || !acceptedName.test(subject) || payload.exp === undefined) return undefined;
    const grant = grantOfClaims(grants, payload);
    const principal = `${name}:${subject}`;
    if (!grant) throw new LongarmError("forbidden", `Nothing is granted to "${principal}": no rule of \`access.oidc\` fits its token.`);
    return { ...grant, name: principal, expiresAt: payload.exp * 1_000 + clockTolerance, isSession: true };
  }
}

function notValid(reason: unknown): undefined {
  if (!(reason instanceof errors.JOSEError)) throw reason;
}
