import { LongarmError, type Clock } from "@longarm/shared";
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { fetchJson } from "./fetch-json.ts";

interface Deps {
  readonly issuer: string;
  /** Absent: asked of the issuer's own description. */
  readonly jwksUri?: string;
  readonly clock: Clock;
}

interface Known {
  readonly find: JWTVerifyGetKey;
  readonly atMs: number;
}

const freshMs = 600_000;
// An issuer that is away for a while locks nobody out; a key that it has withdrawn goes by then at the latest.
const usableMs = 24 * 3_600_000;
// Tokens with made-up key ids make no more requests than this.
const askAgainMs = 30_000;
const mostKeys = 100;

/** The keys of one issuer: asked for when the first token comes, then every ten minutes, and when a token names one that is not known. */
export class IssuerKeys {
  readonly #deps: Deps;
  #known: Known | undefined;
  #asking: Promise<Known> | undefined;
  #failure: { readonly atMs: number; readonly error: LongarmError } | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The keys as they are known. Throws `issuer_unavailable` while there are none. */
  async current(): Promise<JWTVerifyGetKey> {
    const known = this.#known;
    if (!known) return (await this.#ask()).find;
    const ageMs = this.#deps.clock.monotonicMs() - known.atMs;
    if (ageMs < freshMs) return known.find;
    const asked = this.#ask();
    if (ageMs >= usableMs) return (await asked).find;
    return asked.then(
      ({ find }) => find,
      () => known.find,
    );
  }

  /** The keys once more, since a token names one that is not among them; undefined: they were asked for a moment ago. */
  async renewed(): Promise<JWTVerifyGetKey | undefined> {
    const { clock } = this.#deps;
    if (this.#known && clock.monotonicMs() - this.#known.atMs < askAgainMs && !this.#asking) return undefined;
    return (await this.#ask()).find;
  }

  #ask(): Promise<Known> {
    const { clock } = this.#deps;
    if (this.#failure && clock.monotonicMs() - this.#failure.atMs < askAgainMs / 10) return Promise.reject(this.#failure.error);
    this.#asking ??= this.#fetch()
      .then(
        (known) => {
          this.#failure = undefined;
          return (this.#known = known);
        },
        (reason: unknown) => {
          const error = this.#unavailable(reason);
          this.#failure = { atMs: clock.monotonicMs(), error };
          throw error;
        },
      )
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #fetch(): Promise<Known> {
    const { clock, jwksUri } = this.#deps;
    const set = (await fetchJson(jwksUri ?? (await this.#discover()))) as JSONWebKeySet;
    if (!Array.isArray(set.keys) || set.keys.length > mostKeys) throw new Error(`it answered with no set of at most ${mostKeys} keys`);
    return { find: createLocalJWKSet(set), atMs: clock.monotonicMs() };
  }

  async #discover(): Promise<string> {
    const { issuer } = this.#deps;
    const described = (await fetchJson(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`)) as Record<string, unknown>;
    const { issuer: named, jwks_uri: uri } = described;
    if (named !== issuer) throw new Error(`its description names another issuer`);
    if (typeof uri !== "string" || !URL.canParse(uri)) throw new Error("its description names no address of its keys");
    return uri;
  }

  #unavailable(reason: unknown): LongarmError {
    const why = reason instanceof Error ? reason.message : String(reason);
    const message = `The issuer ${this.#deps.issuer} cannot be asked for its keys (${why}), so the token could not be checked; try again.`;
    return new LongarmError("issuer_unavailable", message, { retryable: true, cause: reason });
  }
}
