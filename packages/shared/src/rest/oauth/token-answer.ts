import { LongarmError, type ErrorCode } from "../../errors.ts";
import { shownRequestId } from "../shown-headers.ts";

/** What a token endpoint answered. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An access token as it was granted. */
export interface GrantedToken {
  readonly value: string;
  /** How it is presented. */
  readonly kind: "Bearer" | "DPoP";
  readonly expiresInMs: number;
  readonly scopes: readonly string[];
}

/** Who asked, whom, and how far this clock is ahead of the target's; null where the target told no time. */
export interface TokenQuestion {
  readonly host: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly clockAheadMs: number | null;
}

// The assertion's lifetime less a margin: beyond it a difference of clocks alone explains a refusal.
const telltaleSkewMs = 30_000;
const defaultLifeSeconds = 3_600;
const tokenPattern = /^[\x21-\x7e]+$/;

type Members = Readonly<Record<string, unknown>>;

function parse(body: Uint8Array): Members {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === "object" && value !== null ? (value as Members) : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 500) : "";
}

/** The error code of a refusal, such as `invalid_client` (RFC 6749, section 5.2); "" when the body names none. */
export function refusalOf(answer: TokenAnswer): string {
  return text(parse(answer.body)["error"]);
}

/** The token of a successful answer. One that is not of the expected form throws `unexpected_response` and repeats nothing of it. */
export function readGrantedToken(answer: TokenAnswer, { host, scopes }: TokenQuestion): GrantedToken {
  const member = parse(answer.body);
  const value = member["access_token"];
  const kind = (["Bearer", "DPoP"] as const).find((known) => known.toLowerCase() === text(member["token_type"]).toLowerCase());
  if (typeof value !== "string" || !tokenPattern.test(value) || !kind)
    throw new LongarmError(
      "unexpected_response",
      `The token endpoint of ${host} answered ${answer.status} without a token that can be used.`,
    );
  const life = Number(member["expires_in"] ?? defaultLifeSeconds);
  const granted = typeof member["scope"] === "string" ? member["scope"].split(/\s+/).filter(Boolean) : scopes;
  return { value, kind, expiresInMs: (Number.isFinite(life) && life > 0 ? life : defaultLifeSeconds) * 1_000, scopes: granted };
}

interface Meaning {
  readonly code: ErrorCode;
  readonly next: string;
  readonly cause?: string;
  readonly retryable?: true;
}

function seconds(ms: number): string {
  return `${Math.round(Math.abs(ms) / 1_000)} s ${ms > 0 ? "ahead of" : "behind"}`;
}

function ofClient({ clientId, host, clockAheadMs }: TokenQuestion): Meaning {
  if (clockAheadMs !== null && Math.abs(clockAheadMs) >= telltaleSkewMs) {
    const next = `The clock of the machine that asked is ${seconds(clockAheadMs)} that of ${host}; set it right`;
    return { code: "authentication_failed", cause: "clock_skew", next };
  }
  const next = `Check that the client id "${clientId}" is right, that the app is active, and that its public key fits the private one`;
  return { code: "authentication_failed", cause: "client_rejected", next };
}

const networkZone: Meaning = {
  ...{ code: "permission_missing", cause: "network_zone" },
  next: "The network that the call came from is blocked: check the target's network zones, those of the app, and the proxies between",
};

function meaningOf(error: string, { status }: TokenAnswer, question: TokenQuestion): Meaning {
  if (status === 429) return { code: "rate_limited", next: "Wait until the limit resets", retryable: true };
  if (status >= 500) return { code: "target_error", next: "Try again later", retryable: true };
  // A refusal of the endpoint itself names its error, so that this one is from in front of it.
  if (status === 403 && error === "") return networkZone;
  switch (error) {
    case "invalid_client":
    case "invalid_grant":
      return ofClient(question);
    case "invalid_scope":
    case "consent_required":
      return { code: "permission_missing", cause: "scope_missing", next: `Grant the app at least one of ${question.scopes.join(", ")}` };
    case "access_denied":
      return networkZone;
    case "invalid_dpop_proof":
    case "use_dpop_nonce":
      return { code: "authentication_failed", cause: "dpop_rejected", next: "Check this machine's clock and what stands between" };
    case "unauthorized_client":
      return { code: "authentication_failed", cause: "client_rejected", next: "Allow the app the grant type Client Credentials" };
    default:
      return {
        code: "authentication_failed",
        cause: "token_refused",
        next: "Check that the base URL is that of the org that the app belongs to",
      };
  }
}

/** The error that a refused token request stands for. The call that needed the token was not sent. */
export function explainRefusedToken(answer: TokenAnswer, question: TokenQuestion): LongarmError {
  const error = refusalOf(answer);
  const { code, next, cause, retryable = false } = meaningOf(error, answer, question);
  const said = text(parse(answer.body)["error_description"]).replace(/\.$/, "");
  const what = [String(answer.status), ...(error === "" ? [] : [error])].join(" ");
  const message = `${question.host} granted no access token and answered ${what}${said === "" ? "" : `: ${said}`}. ${next}.`;
  const requestId = shownRequestId(answer.headers);
  const details = {
    status: answer.status,
    ...(error !== "" && { oauthError: error }),
    ...(cause !== undefined && { cause }),
    ...(cause === "scope_missing" && { scopes: question.scopes }),
    ...(question.clockAheadMs !== null && { clockAheadMs: question.clockAheadMs }),
    ...(requestId !== null && { oktaRequestId: requestId }),
    next,
  };
  return new LongarmError(code, message, { details, retryable });
}
