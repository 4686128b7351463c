import type { Delivery, EffectClass } from "../effect.ts";
import type { LongarmError } from "../errors.ts";
import type { CallId, RunId } from "../ids.ts";
import type { Secret } from "../secret.ts";
import type { Reach } from "./reach/reach.ts";

/** How a request proves who asks. */
export type Auth =
  | { readonly scheme: "none" }
  | { readonly scheme: "ssws"; readonly token: Secret }
  | { readonly scheme: "oauth"; readonly client: OAuthClient }
  | { readonly scheme: "reference"; readonly reference: CredentialReference };

/** A credential that an agent's own site defines. It is resolved there and nowhere else: an executor that is handed one sends nothing. */
export interface CredentialReference {
  /** Its name in the site's configuration. */
  readonly name: string;
  /** For a service app whose scopes and token endpoint the site leaves open. */
  readonly scopes: readonly string[];
  readonly tokenPath: string;
}

/**
 * A service app that gets its access tokens by itself: client credentials with private_key_jwt (RFC 7523), bound by DPoP (RFC 9449)
 * where the target wants that. The executor asks for a token, keeps it until shortly before its end, and asks again when it is refused.
 */
export interface OAuthClient {
  readonly clientId: string;
  /** PEM or JWK. */
  readonly privateKey: Secret;
  /** Names the key to the target; absent: the `kid` of a JWK, or none. */
  readonly keyId?: string;
  readonly scopes: readonly string[];
  /** Of the token endpoint, under the connection's base URL; begins with `/`. */
  readonly tokenPath: string;
}

/** The methods that a call may use. */
export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;
/** One of the methods that a call may use. */
export type HttpMethod = (typeof httpMethods)[number];

/** One REST call, complete but for the place it runs at. The same value serves here and on an agent. */
export interface RestRequest {
  readonly runId: RunId;
  readonly callId: CallId;
  /** From 1. */
  readonly attempt: number;
  readonly effect: EffectClass;
  readonly method: HttpMethod;
  /** The connection's base URL: origin and an optional path prefix, never taken from a run. */
  readonly baseUrl: string;
  /** Begins with `/`; its parts are already encoded. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly auth: Auth;
  /** From the moment of sending to the last byte of the body. */
  readonly timeoutMs: number;
  /** A longer body ends the call as `response_too_large`. */
  readonly maxResponseBytes: number;
  /**
   * Of a call that changes something: until when an agent may begin it (Unix milliseconds here), the journal it is to have, and the epoch
   * of the claim that it is made under.
   */
  readonly dispatch?: { readonly notAfterMs: number; readonly journalId?: string; readonly epoch?: number };
  /**
   * Asked by whoever holds the connection, immediately before the first byte leaves: why it must not, or undefined. What it says ends the
   * call as `not_sent`. Must not throw. It is of this process alone and does not travel to an agent, which looks for itself.
   */
  readonly lastLook?: () => LongarmError | undefined;
  /**
   * Asked before each HTTP request that the call makes: itself, each of its pages, and the access token that it needs. A LongarmError ends
   * the call as `not_sent`. Must not reject but with what the signal was aborted for. Like `lastLook`, it does not travel.
   */
  readonly gate?: Gate;
}

/** One HTTP request, as a gate sees it. */
export interface GateStep {
  readonly purpose: "call" | "token";
  readonly method: HttpMethod;
  /** Scheme, host and port. */
  readonly origin: string;
  /** With the base's prefix, without a query; checked and encoded. */
  readonly path: string;
  readonly bodyBytes: number;
}

/** What one HTTP request is held to. */
export interface Permit {
  /** Who says so, as a message names it: `rule "users" of the site's policy`. */
  readonly by: string;
  /** The site's policy by the hash of its text, or `none`, and its rule that allows the request; absent: no site was asked. */
  readonly policyHash?: string;
  readonly policyRule?: string;
  /** Absent: any address. */
  readonly reach?: Reach;
  /** Upper bounds, beside the request's own. */
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
}

/** Says what an HTTP request is held to, or why it is not made. */
export type Gate = (step: GateStep, signal: AbortSignal) => Promise<Permit | LongarmError>;

/** What is kept of a call for people: no header values but the allowed ones, no bodies, no query values. */
export interface CallRecord {
  readonly method: HttpMethod;
  readonly path: string;
  readonly status: number | null;
  /** Unix milliseconds on the executor's clock. */
  readonly sentAt: number;
  /** Milliseconds to the response's head, and to its last byte. */
  readonly headMs: number | null;
  readonly totalMs: number | null;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly oktaRequestId: string | null;
  readonly rateLimit: RateLimit | null;
  /** The site's policy that the request was held to, by the hash of its text, or `none`; absent: nobody told. */
  readonly policyHash?: string;
  /** Its rule that allowed the request. */
  readonly policyRule?: string;
  /**
   * Of a call that changed something through an agent: the journal that holds how it ended, and the hash of that record there, in
   * hexadecimal digits. It depends on every record before it. Absent: no agent told.
   */
  readonly journalId?: string;
  readonly journalHash?: string;
}

/** The target's own word on its limit, from the response's headers. Times are Unix seconds; `date` is the response's own clock. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  readonly date: number | null;
}

/** A response whose head has arrived. The body must be read to its end or the call aborted. */
export interface RestResponse {
  readonly kind: "response";
  readonly status: number;
  /** Only those in `keptHeaders`, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Throws LongarmError `target_timeout`, `target_reset` or `response_too_large` when the body does not arrive whole. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The scopes of the access token that went along; absent: there was none. */
  readonly grantedScopes?: readonly string[];
  /** Complete once the body has ended. */
  record(): CallRecord;
}

/** A call without a response. `delivery` tells whether the target may have seen it. */
export interface RestFailure {
  readonly kind: "failure";
  readonly delivery: Delivery;
  readonly error: LongarmError;
  readonly record: CallRecord;
}

/** A request whose `Link: rel="next"` is followed by the executor itself, on the same origin only. */
export interface PageRequest extends RestRequest {
  /** The absolute URL of the page to begin with; absent: the request's own path and query. Same origin as `baseUrl`, or refused. */
  readonly resumeAt?: string;
  /** Names of members of `query` that hold on every page: each is set again where the target's link leaves it out. */
  readonly repeats?: readonly string[];
  /**
   * Makes the list one without an end, such as a log that is still being written: behind an empty page (`[]`) the next one is asked
   * for after this many milliseconds, and a link may lead back to its own page. Absent: the list ends.
   */
  readonly pollMs?: number;
  /** How many pages may be fetched beyond the one the consumer holds. At least 1. */
  readonly pagesAhead: number;
  /** How many bytes of body may be on the way to the consumer. */
  readonly windowBytes: number;
  /**
   * Asked before each page is fetched, the first included; resolves once it may be. What it rejects with ends the pages as a call that was
   * not sent. Like `gate` it does not travel: an agent waits for its controller's permits instead.
   */
  readonly permit?: (signal: AbortSignal) => Promise<void>;
  /** Told how many permits were given for pages that are certain never to be fetched. */
  readonly unused?: (count: number) => void;
}

/** One page: a whole body and the cursor behind it. */
export interface Page {
  readonly kind: "page";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The absolute URL of the next page; null at the end. */
  readonly next: string | null;
  readonly record: CallRecord;
}

/**
 * Performs REST calls: in this process, or on an agent; the caller cannot tell which. No retries, no redirects, no replays:
 * whether to try again is the caller's decision.
 */
export interface RestExecutor {
  /** Resolves when the response's head has arrived or the call has failed. Aborting the signal aborts the exchange. */
  send(request: RestRequest, signal: AbortSignal): Promise<RestResponse | RestFailure>;
  /**
   * The pages in order. Asking for the next page returns the credit of the one before. Ends after the last page; a page with a
   * status other than 2xx is yielded and is the last; a failure is yielded and is the last.
   */
  pages(request: PageRequest, signal: AbortSignal): AsyncIterable<Page | RestFailure>;
}
