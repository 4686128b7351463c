import type { Clock } from "../../clock.ts";
import { LongarmError } from "../../errors.ts";
import type { OAuthClient } from "../contract.ts";
import { readAuthChallenge } from "./challenge.ts";
import { signAssertion } from "./client-assertion.ts";
import { type ClientKey, readClientKey } from "./client-key.ts";
import { ProofKey } from "./proof-key.ts";
import {
  explainRefusedToken,
  type GrantedToken,
  readGrantedToken,
  refusalOf,
  type TokenAnswer,
  type TokenQuestion,
} from "./token-answer.ts";

/** Sends a form to the token endpoint. Throws LongarmError when no whole answer came. */
export type PostForm = (form: string, headers: readonly string[]) => Promise<TokenAnswer>;

/** What a service app needs to get its tokens. */
export interface TokenSourceOptions {
  readonly client: OAuthClient;
  /** The token endpoint's absolute URL. */
  readonly tokenUrl: string;
  readonly post: PostForm;
  readonly clock: Clock;
}

/** How one request proves who asks. */
export interface Authorization {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly token: AccessToken;
}

/** A token and until when it is used. Times are the executor's monotonic milliseconds. */
export interface AccessToken extends GrantedToken {
  readonly grantedAtMs: number;
  readonly renewAtMs: number;
}

// A token is renewed this long before its end, so that none expires on its way; of a short-lived one a tenth is enough.
const marginMs = 60_000;
// The same refusal is not asked for again at once: a thousand waiting calls are one question.
const refusalHoldMs = 1_000;
// A refusal without a challenge may mean something else than the token (Okta's 401 E0000015), so a young token is not doubted for it.
const youngMs = 60_000;

/** Gets, keeps and renews the access token of one OAuth service app at one origin (client credentials, private_key_jwt, DPoP). */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  readonly #key: ClientKey;
  readonly #proofs = new ProofKey();
  #nonce: string | undefined;
  #current: AccessToken | undefined;
  #pending: Promise<AccessToken> | undefined;
  #refusal: { readonly error: LongarmError; readonly untilMs: number } | undefined;

  /** Throws `invalid_request` when the client's key is none. */
  constructor(options: TokenSourceOptions) {
    this.#options = options;
    const key = readClientKey(options.client.privateKey.reveal());
    this.#key = { ...key, keyId: options.client.keyId ?? key.keyId };
  }

  /** The headers for one request to `url`. Throws LongarmError when no token is granted; nothing was sent then. */
  async authorize(method: string, url: string): Promise<Authorization> {
    const token = await this.#token();
    if (token.kind === "Bearer") return { headers: ["authorization", `Bearer ${token.value}`], token };
    const proof = await this.#prove({ method, url, token: token.value });
    return { headers: ["authorization", `DPoP ${token.value}`, "dpop", proof], token };
  }

  /** Was the request refused for a reason that a fresh token or nonce mends? The old one is forgotten then. */
  isMendable(status: number, headers: Readonly<Record<string, string>>, used: AccessToken): boolean {
    if (status !== 401) return false;
    const challenge = readAuthChallenge(headers);
    if (challenge?.error === "use_dpop_nonce") return this.#takeNonce(headers);
    const isYoung = this.#nowMs() - used.grantedAtMs < youngMs;
    if (challenge ? challenge.error !== "invalid_token" : isYoung) return false;
    // Others may have been refused beside this one, and have fetched the next token already.
    if (this.#current === used) this.#current = undefined;
    return true;
  }

  #token(): Promise<AccessToken> | AccessToken {
    const nowMs = this.#nowMs();
    if (this.#current && nowMs < this.#current.renewAtMs) return this.#current;
    if (this.#refusal && nowMs < this.#refusal.untilMs) throw this.#refusal.error;
    return (this.#pending ??= this.#fetch().finally(() => (this.#pending = undefined)));
  }

  async #fetch(): Promise<AccessToken> {
    this.#refusal = undefined;
    const { answer, question } = await this.#ask();
    if (answer.status >= 200 && answer.status < 300) return (this.#current = this.#dated(readGrantedToken(answer, question)));
    const error = explainRefusedToken(answer, question);
    if (!error.retryable) this.#refusal = { error, untilMs: this.#nowMs() + refusalHoldMs };
    throw error;
  }

  #dated(token: GrantedToken): AccessToken {
    const grantedAtMs = this.#nowMs();
    return { ...token, grantedAtMs, renewAtMs: grantedAtMs + token.expiresInMs - Math.min(marginMs, token.expiresInMs / 10) };
  }

  async #ask(): Promise<{ readonly answer: TokenAnswer; readonly question: TokenQuestion }> {
    const first = await this.#post();
    const isNonceWanted = refusalOf(first) === "use_dpop_nonce" && this.#takeNonce(first.headers);
    const answer = isNonceWanted ? await this.#post() : first;
    this.#takeNonce(answer.headers);
    const { clientId, scopes } = this.#options.client;
    return { answer, question: { host: new URL(this.#options.tokenUrl).host, clientId, scopes, clockAheadMs: this.#clockAheadMs(answer) } };
  }

  // A proof always goes along: whether the app's tokens are bound to it is the server's setting, and the token says which it was.
  async #post(): Promise<TokenAnswer> {
    const { client, tokenUrl, post } = this.#options;
    const [assertion, proof] = await Promise.all([
      signAssertion(this.#key, { clientId: client.clientId, audience: tokenUrl, nowSeconds: this.#nowSeconds() }),
      this.#prove({ method: "POST", url: tokenUrl }),
    ]);
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      scope: client.scopes.join(" "),
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    });
    return post(form.toString(), ["dpop", proof]);
  }

  #prove(subject: { method: string; url: string; token?: string }): Promise<string> {
    return this.#proofs.prove({ ...subject, nowSeconds: this.#nowSeconds(), nonce: this.#nonce });
  }

  #takeNonce(headers: Readonly<Record<string, string>>): boolean {
    const nonce = headers["dpop-nonce"];
    if (nonce === undefined || nonce === "") return false;
    this.#nonce = nonce;
    return true;
  }

  // The header counts whole seconds, so that its middle is the better guess.
  #clockAheadMs({ headers }: TokenAnswer): number | null {
    const date = Date.parse(headers["date"] ?? "");
    return Number.isNaN(date) ? null : Math.round(this.#options.clock.nowMs() - (date + 500));
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }

  #nowSeconds(): number {
    return Math.floor(this.#options.clock.nowMs() / 1_000);
  }
}
