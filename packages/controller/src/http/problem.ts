import { type ErrorCode, errorSentences, LongarmError } from "@longarm/shared";

/** Which HTTP status stands for which code. Typed by the closed set, so that a new code cannot be forgotten. */
export const statusOfCode: Readonly<Record<ErrorCode, number>> = {
  action_contract_broken: 500,
  agent_lost: 502,
  agent_name_taken: 409,
  agent_protocol_unsupported: 409,
  agent_refused: 502,
  already_exists: 409,
  app_not_found: 404,
  approval_denied: 403,
  authentication_failed: 502,
  broker_not_found: 503,
  broker_too_old: 503,
  broker_unavailable: 503,
  broker_unsafe: 503,
  call_rejected: 502,
  cancelled: 409,
  conflict: 409,
  connection_required: 422,
  controller_unreachable: 503,
  credential_in_use: 409,
  credential_unresolved: 502,
  data_directory_in_use: 409,
  deadline_exceeded: 504,
  enrolment_refused: 403,
  flow_blocked: 500,
  flow_failed: 500,
  flow_too_long: 422,
  forbidden: 403,
  group_not_found: 404,
  hook_not_found: 404,
  idempotency_conflict: 422,
  input_too_large: 413,
  internal: 500,
  invalid_configuration: 422,
  invalid_flow: 422,
  invalid_json: 400,
  invalid_request: 422,
  invalid_selector: 422,
  invalid_state: 409,
  invalid_usage: 400,
  invalid_wire_message: 502,
  issuer_unavailable: 503,
  key_ring_missing: 503,
  method_not_allowed: 405,
  name_ambiguous: 409,
  no_agent_matches: 503,
  nondeterministic: 500,
  not_allowed: 403,
  not_sealed: 500,
  origin_not_allowed: 403,
  outcome_unknown: 502,
  overtaken: 409,
  permission_missing: 502,
  placement_not_allowed: 403,
  policy_denied: 502,
  port_in_use: 503,
  public_url_missing: 422,
  rate_limited: 429,
  response_too_large: 502,
  sealed_record_rejected: 500,
  secret_required: 422,
  secrets_gone: 410,
  signer_unavailable: 503,
  sink_full: 507,
  sink_rejected: 502,
  sink_unavailable: 503,
  step_cancelled: 409,
  storage_full: 507,
  target_error: 502,
  target_reset: 502,
  target_timeout: 504,
  target_unreachable: 502,
  too_many_deletions: 409,
  too_many_requests: 429,
  unauthorized: 401,
  unexpected_response: 502,
  unknown_action: 404,
  unknown_agent: 404,
  unknown_api_key: 404,
  unknown_connection: 404,
  unknown_credential: 404,
  unknown_event: 404,
  unknown_flow: 404,
  unknown_hook: 404,
  unknown_join_token: 404,
  unknown_record: 404,
  unknown_route: 404,
  unknown_run: 404,
  unknown_schedule: 404,
  unknown_sync: 404,
  unknown_trigger: 404,
  unsupported_content_type: 415,
  user_not_found: 404,
};

export const problemContentType = "application/problem+json; charset=utf-8";

/** The body of every error answer (RFC 9457), with our code, and the ids of what it is about where the error knows them. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly retryable?: true;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly runId?: string;
  readonly callId?: string;
}

function idMember(details: Readonly<Record<string, unknown>>, name: "runId" | "callId"): { [key in typeof name]?: string } {
  const value = details[name];
  return typeof value === "string" ? { [name]: value } : {};
}

/** The problem that an error becomes at the edge. */
export function toProblem(error: LongarmError): Problem {
  const { code, details } = error;
  return {
    type: `urn:longarm:error:${code}`,
    title: errorSentences[code],
    status: statusOfCode[code],
    detail: error.message,
    code,
    ...(error.retryable && { retryable: true }),
    ...(Object.keys(details).length > 0 && { details }),
    ...idMember(details, "runId"),
    ...idMember(details, "callId"),
  };
}

/** The framework's own refusals in our words; everything that is not one of them passes through `LongarmError.from`. */
export function toLongarmError(reason: unknown, bodyLimit: number): LongarmError {
  switch ((reason as { code?: unknown } | null)?.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new LongarmError("input_too_large", `The body is larger than ${bodyLimit} bytes; shorten it or split the work.`, {
        details: { limitBytes: bodyLimit },
      });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
    case "FST_ERR_CTP_EMPTY_TYPE":
      return new LongarmError("unsupported_content_type");
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new LongarmError("invalid_request", "The body's length differs from its Content-Length.");
    case "FST_ERR_BAD_URL":
      return new LongarmError("invalid_request", "The URL's path is not validly encoded.");
    default:
      return LongarmError.from(reason);
  }
}
