import type { ErrorCode, RunStatus } from "@longarm/shared";

/** What the command's end means to a script. */
export const exitCodes = { success: 0, failed: 1, usage: 2, unreachable: 3, unknown: 4, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const unreachable: ReadonlySet<ErrorCode> = new Set([
  "broker_not_found",
  "broker_too_old",
  "broker_unavailable",
  "broker_unsafe",
  "controller_unreachable",
  "data_directory_in_use",
  "enrolment_refused",
  "forbidden",
  "issuer_unavailable",
  "key_ring_missing",
  "not_allowed",
  "origin_not_allowed",
  "placement_not_allowed",
  "policy_denied",
  "port_in_use",
  "rate_limited",
  "signer_unavailable",
  "storage_full",
  "too_many_requests",
  "unauthorized",
  "unexpected_response",
]);

const usage: ReadonlySet<ErrorCode> = new Set([
  "conflict",
  "connection_required",
  "credential_in_use",
  "idempotency_conflict",
  "input_too_large",
  "invalid_configuration",
  "invalid_json",
  "invalid_request",
  "invalid_selector",
  "invalid_state",
  "invalid_usage",
  "method_not_allowed",
  "name_ambiguous",
  "public_url_missing",
  "secret_required",
  "secrets_gone",
  "unknown_action",
  "unknown_agent",
  "unknown_connection",
  "unknown_credential",
  "unknown_join_token",
  "unknown_route",
  "unknown_run",
  "unsupported_content_type",
]);

/** The exit code of a command that ended with this error: wrong usage, cannot reach or not allowed, unknown; else failed. */
export function exitCodeOfError(code: ErrorCode): ExitCode {
  if (code === "outcome_unknown") return exitCodes.unknown;
  if (unreachable.has(code)) return exitCodes.unreachable;
  return usage.has(code) ? exitCodes.usage : exitCodes.failed;
}

/** The exit code of a command that followed a run to this status; one that goes on is not known yet. */
export function exitCodeOfRun(status: RunStatus): ExitCode {
  if (status === "succeeded") return exitCodes.success;
  return status === "failed" || status === "cancelled" ? exitCodes.failed : exitCodes.unknown;
}
