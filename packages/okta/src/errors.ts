import { LongarmError, type ErrorCode } from "@longarm/shared";
import { readRateLimit, shownRequestId } from "@longarm/shared/rest";
import type { ActionResponse } from "@longarm/spoke";
import { type Challenge, readChallenge } from "./challenge.ts";

interface Meaning {
  readonly code: ErrorCode;
  /** What the reader can do about it. */
  readonly next: string;
  readonly retryable?: true;
  /** Why the credential was refused, where that is known. */
  readonly cause?: string;
}

const again = "Try again later";

/** What Okta's own codes mean (https://developer.okta.com/docs/reference/error-codes/). Its texts are no contract and decide nothing. */
const meanings: Readonly<Record<string, Meaning>> = {
  E0000001: { code: "call_rejected", next: "Correct what the causes name" },
  E0000003: { code: "call_rejected", next: "Correct the body of the request" },
  E0000004: { code: "authentication_failed", next: "Check the connection's credential" },
  E0000005: { code: "authentication_failed", next: "Check the connection's credential" },
  E0000006: {
    ...{ code: "permission_missing", cause: "role_missing" },
    next: "Give the credential the administrator role that this action needs; the scope too, if it is a service app's",
  },
  E0000007: { code: "call_rejected", next: "Check the id or the name" },
  E0000008: { code: "call_rejected", next: "Check that the connection's base URL is that of an Okta org" },
  E0000009: { code: "target_error", next: again, retryable: true },
  E0000010: { code: "target_error", next: "The org is in read-only mode; try again when it is over", retryable: true },
  E0000011: { code: "authentication_failed", cause: "token_rejected", next: "The API token is wrong, expired or revoked; store a new one" },
  E0000014: { code: "call_rejected", next: "Check the old password, or choose one that the org's policy allows" },
  E0000015: { code: "permission_missing", next: "The org lacks this feature, or the credential may not use it" },
  E0000016: { code: "invalid_state", next: "The user is active already" },
  E0000022: { code: "call_rejected", next: "The endpoint does not support this method" },
  E0000023: { code: "call_rejected", next: "Change it in the directory or application that masters this profile" },
  E0000029: { code: "call_rejected", cause: "cursor_refused", next: "The cursor is no longer valid; start the stream again" },
  E0000031: { code: "invalid_request", next: "Correct the search expression" },
  E0000032: { code: "invalid_state", next: "The user is not locked" },
  E0000033: { code: "invalid_request", next: "Use either a search or a filter" },
  E0000035: { code: "invalid_state", next: "Bring the user into a state that allows this" },
  E0000038: { code: "invalid_state", next: "Bring the user into a state that allows this" },
  E0000046: { code: "call_rejected", next: "Remove the user from the group that grants the application" },
  E0000047: { code: "rate_limited", next: "Wait until the limit resets", retryable: true },
  E0000053: { code: "invalid_request", next: "Correct the filter expression" },
  E0000055: { code: "already_exists", next: "Use the group that is there, or another name" },
  E0000077: { code: "call_rejected", next: "Leave out the fields that are read-only" },
  E0000078: { code: "call_rejected", next: "Leave out the fields that are read-only" },
  E0000093: { code: "invalid_request", next: "Name fewer groups" },
  E0000100: { code: "target_error", next: again, retryable: true },
  E0000109: { code: "rate_limited", next: "Wait before another message is sent", retryable: true },
  E0000112: { code: "invalid_state", next: "The user is still being activated; try again shortly", retryable: true },
  E0000118: { code: "rate_limited", next: "Wait before another message is sent", retryable: true },
  E0000124: { code: "invalid_request", next: "Let the user be activated when the next login shall change the password" },
  E0000125: { code: "invalid_request", next: "Give a password when the next login shall change it" },
  E0000133: { code: "rate_limited", next: "Wait before another message is sent", retryable: true },
  E0000145: { code: "conflict", next: again, retryable: true },
  E0000181: { code: "target_error", next: again, retryable: true },
  E0000231: { code: "conflict", next: "The object was changed meanwhile; read it again" },
  E0000239: { code: "conflict", next: again, retryable: true },
  E0000242: { code: "invalid_request", next: "Give the etag as it was read" },
  E0000249: { code: "conflict", next: again, retryable: true },
};

/** What the challenge of a refusal means; it tells more than Okta's code, which is the same for a scope and for a role. */
function byChallenge({ cause, scopes, said }: Challenge): Meaning {
  const why = said === "" ? "" : ` (${said.replace(/\.$/, "")})`;
  switch (cause) {
    case "scope_missing":
      return {
        code: "permission_missing",
        cause,
        next: `Grant the service app ${scopes.length > 0 ? scopes.join(", ") : "the scopes that this action names"}`,
      };
    case "token_expired":
      return { code: "authentication_failed", cause, next: `The token has expired${why}; store a new one, or check this machine's clock` };
    case "dpop_rejected":
      return {
        code: "authentication_failed",
        cause,
        next: `Okta did not accept the proof of possession${why}; check the service app's DPoP setting and this machine's clock`,
      };
    default:
      return {
        code: "authentication_failed",
        cause,
        next: `The token is not accepted${why}; store a new one, or check the service app's key`,
      };
  }
}

function byStatus(status: number, isOfApi: boolean): Meaning {
  if (status === 401) return { code: "authentication_failed", next: "Check the connection's credential" };
  if (status === 403 && isOfApi) return { code: "call_rejected", next: "Okta forbids this; its own words say why" };
  if (status === 403) {
    // An error of the org's API has a code, so that this one is from in front of it: its blocklist of networks, or a proxy.
    const next =
      "The network that the call came from is blocked: check the org's network zones, and what stands between Longarm and the org";
    return { code: "permission_missing", cause: "network_zone", next };
  }
  if (status === 409 || status === 412) return { code: "conflict", next: again };
  if (status === 429) return { code: "rate_limited", next: "Wait until the limit resets", retryable: true };
  if (status >= 500) return { code: "target_error", next: again, retryable: true };
  if (status >= 400) return { code: "call_rejected", next: "Check that the connection's base URL is that of an Okta org" };
  return { code: "unexpected_response", next: "Check that the connection's base URL is that of an Okta org" };
}

interface Told {
  /** Okta's code, such as `E0000007`; null when the body has none. */
  readonly oktaCode: string | null;
  readonly summary: string;
  readonly causes: readonly string[];
  readonly errorId: string | null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 500) : "";
}

function causesOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list
    .map((cause) => text((cause as Readonly<Record<string, unknown>> | null)?.["errorSummary"] ?? cause))
    .filter((cause) => cause !== "");
}

/** What a body says, whoever wrote it: Okta's API, its OAuth endpoints, a proxy, an edge server. */
function readBody(body: unknown): Told {
  if (typeof body !== "object" || body === null) return { oktaCode: null, summary: text(body), causes: [], errorId: null };
  const member = body as Readonly<Record<string, unknown>>;
  const summary = text(member["errorSummary"]) || text(member["error_description"]) || text(member["message"]) || text(member["error"]);
  return {
    oktaCode: text(member["errorCode"]) || null,
    summary,
    causes: causesOf(member["errorCauses"]),
    errorId: text(member["errorId"]) || null,
  };
}

// With limit and remaining both 0 Okta refuses for parallel calls, not for calls per minute; its reset is then only a guess.
function limitOf(headers: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const limit = readRateLimit(headers);
  if (!limit) return {};
  return { resetsAt: new Date(limit.reset * 1000).toISOString(), concurrency: limit.limit === 0 && limit.remaining === 0 };
}

function sentenceOf(summary: string, causes: readonly string[]): string {
  const all = causes.map((cause) => cause.replace(/\.$/, "")).join("; ");
  const head = summary.replace(/\.$/, "");
  return head !== "" && all !== "" ? `${head} (${all})` : head + all;
}

/** The request's id for Okta's support, as a member of an error's details; none where the response has none. */
export function requestIdIn(response: ActionResponse | undefined): { readonly oktaRequestId?: string } {
  const oktaRequestId = response ? shownRequestId(response.headers) : null;
  return oktaRequestId === null ? {} : { oktaRequestId };
}

/** Okta's own code in a response, or null. */
export function oktaCodeOf(response: ActionResponse): string | null {
  return readBody(response.body).oktaCode;
}

/**
 * The error that a response other than 2xx stands for. Its details hold the status, Okta's code, causes and error id, the request id
 * for Okta's support, and the next step; whatever the body is, its text survives.
 */
export function explain(response: ActionResponse): LongarmError {
  const { oktaCode, summary, causes, errorId } = readBody(response.body);
  const challenge = readChallenge(response);
  const meaning = challenge
    ? byChallenge(challenge)
    : ((oktaCode === null ? undefined : meanings[oktaCode]) ?? byStatus(response.status, oktaCode !== null));
  const said = sentenceOf(summary, causes);
  const what = [String(response.status), ...(oktaCode === null ? [] : [oktaCode])].join(" ");
  const message = `Okta answered ${what}${said === "" ? "" : `: ${said}`}. ${meaning.next}.`;
  const details = {
    status: response.status,
    ...(oktaCode !== null && { oktaCode }),
    ...(causes.length > 0 && { causes }),
    ...(meaning.cause !== undefined && { cause: meaning.cause }),
    ...(challenge && challenge.scopes.length > 0 && { scopes: challenge.scopes }),
    ...(errorId !== null && { oktaErrorId: errorId }),
    ...requestIdIn(response),
    ...(meaning.code === "rate_limited" && limitOf(response.headers)),
    next: meaning.next,
  };
  return new LongarmError(meaning.code, message, { details, retryable: meaning.retryable ?? false });
}

/** `response` itself when it is a 2xx; otherwise throws what `explain` makes of it. */
export function accept(response: ActionResponse): ActionResponse {
  if (response.status >= 200 && response.status < 300) return response;
  throw explain(response);
}
