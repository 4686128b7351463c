import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { LongarmError } from "../../errors.ts";
import { collectBody } from "../collect-body.ts";
import type { Gate, OAuthClient, RestFailure, RestRequest, RestResponse } from "../contract.ts";
import { abortError } from "../failure.ts";
import { type BaseUrl, type HttpTarget, toHttpUrl } from "../http-url.ts";
import { type AccessToken, TokenSource } from "./token-source.ts";
import type { TokenAnswer } from "./token-answer.ts";

/** One HTTP request without anything around it. */
export type HttpRequest = Pick<RestRequest, "method" | "headers" | "body" | "timeoutMs" | "maxResponseBytes" | "lastLook" | "gate"> & {
  readonly purpose?: "token";
};

/** Performs one HTTP request; `own` are headers of the executor's own, names and values in turn. */
export type PerformHttp = (
  call: { readonly request: HttpRequest; readonly target: HttpTarget; readonly own: readonly string[] },
  signal: AbortSignal,
) => Promise<RestResponse | RestFailure>;

/** A call that a service app makes. */
export interface OAuthCall {
  readonly client: OAuthClient;
  readonly request: HttpRequest;
  readonly base: BaseUrl;
  readonly target: HttpTarget;
  readonly perform: PerformHttp;
}

// More apps than one executor ever serves side by side; a rotated key leaves its old entry behind.
const maxSources = 128;
const tokenTimeoutMs = 15_000;
const maxAnswerBytes = 64 * 1024;
const never = new AbortController().signal;

/** The service apps that an executor acts for, each with its token. */
export class AuthorizedCalls {
  readonly #clock: Clock;
  readonly #sources = new Map<string, TokenSource>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Performs a call with a token, and once more with a fresh one when the target does not accept it: a request that was refused for its
   * token had no effect. Getting the token counts into the call's time. Throws LongarmError when no token came; the call was not sent then.
   */
  async send(call: OAuthCall, signal: AbortSignal): Promise<RestResponse | RestFailure> {
    const source = this.#sourceOf(call);
    const endsAtMs = this.#clock.monotonicMs() + call.request.timeoutMs;
    const first = await this.#once(call, { source, endsAtMs, signal });
    const { response } = first;
    if (response.kind === "failure" || !source.isMendable(response.status, response.headers, first.token)) return response;
    await collectBody(response, maxAnswerBytes).catch(() => undefined);
    return (await this.#once(call, { source, endsAtMs, signal })).response;
  }

  async #once(call: OAuthCall, by: { source: TokenSource; endsAtMs: number; signal: AbortSignal }) {
    const { base, target, request, perform } = call;
    const { headers, token } = await this.#within(by.source.authorize(request.method, base.origin + target.path), by);
    const timeoutMs = Math.max(1, Math.ceil(by.endsAtMs - this.#clock.monotonicMs()));
    const response = await perform({ request: { ...request, timeoutMs }, target, own: headers }, by.signal);
    return { token, response: response.kind === "failure" ? response : { ...response, grantedScopes: token.scopes } } satisfies {
      token: AccessToken;
      response: RestResponse | RestFailure;
    };
  }

  // The token is fetched for all who wait for it; a caller that goes away takes only its own waiting along.
  async #within<T>(work: Promise<T>, { endsAtMs, signal }: { endsAtMs: number; signal: AbortSignal }): Promise<T> {
    const done = new AbortController();
    const gone = new Promise<never>((_resolve, reject) => {
      const giveUp = (): void => reject(abortError(signal));
      if (signal.aborted) giveUp();
      signal.addEventListener("abort", giveUp, { signal: done.signal });
      this.#clock.sleep(Math.max(0, endsAtMs - this.#clock.monotonicMs()), done.signal).then(
        () => reject(new LongarmError("target_timeout", "No access token came in time, so the call was not sent.", { retryable: true })),
        () => undefined,
      );
    });
    try {
      return await Promise.race([work, gone]);
    } finally {
      done.abort();
    }
  }

  #sourceOf(call: OAuthCall): TokenSource {
    const { client, base } = call;
    const { clientId, keyId = null, scopes, tokenPath } = client;
    const about = JSON.stringify([base.origin + base.prefix, clientId, keyId, scopes, tokenPath]);
    const name = createHash("sha256").update(about).update("\0").update(client.privateKey.reveal()).digest("base64");
    const source = this.#sources.get(name) ?? this.#newSource(call);
    // The one used last stands last.
    this.#sources.delete(name);
    this.#sources.set(name, source);
    const [oldest] = this.#sources.keys();
    if (this.#sources.size > maxSources && oldest !== undefined) this.#sources.delete(oldest);
    return source;
  }

  #newSource({ client, base, perform, request: { gate } }: OAuthCall): TokenSource {
    const target = toHttpUrl(base, client.tokenPath, []);
    const where = { target, perform, host: base.host, ...(gate && { gate }) };
    const post = (form: string, own: readonly string[]): Promise<TokenAnswer> => postForm({ form, own, ...where });
    return new TokenSource({ client, tokenUrl: base.origin + target.path, post, clock: this.#clock });
  }
}

interface FormPost {
  readonly form: string;
  readonly own: readonly string[];
  readonly target: HttpTarget;
  readonly perform: PerformHttp;
  readonly host: string;
  /** Of the call that first asked for a token; a gate judges by what holds now. */
  readonly gate?: Gate;
}

async function postForm({ form, own, target, perform, host, gate }: FormPost): Promise<TokenAnswer> {
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
  const request = {
    method: "POST",
    headers,
    body: Buffer.from(form),
    timeoutMs: tokenTimeoutMs,
    maxResponseBytes: maxAnswerBytes,
    purpose: "token",
    ...(gate && { gate }),
  } as const;
  const answer = await perform({ request, target, own }, never);
  if (answer.kind === "failure") throw notAnswered(answer.error, host);
  const body = await collectBody(answer, maxAnswerBytes).catch((reason: unknown) => {
    throw notAnswered(LongarmError.from(reason), host);
  });
  return { status: answer.status, headers: answer.headers, body };
}

function notAnswered(error: LongarmError, host: string): LongarmError {
  if (error.code === "target_unreachable" || error.code === "policy_denied") return error;
  return new LongarmError(error.code, `${host} did not answer the request for an access token (${error.code}); the call was not sent.`, {
    retryable: error.retryable,
    cause: error,
  });
}
