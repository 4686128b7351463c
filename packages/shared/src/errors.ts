/**
 * Every code that Longarm answers with, and the sentence that explains it. The set is closed: spokes map their target's
 * faults onto these. `docs/ERRORS.md` is checked against this table.
 */
export const errorSentences = {
  action_contract_broken: "The action returned something that its own output schema forbids; this is a fault of the action, report it.",
  agent_lost: "The agent stopped answering while the call was open.",
  agent_name_taken: "Another agent bears this name; revoke it if this one takes its place, else give this agent a name of its own.",
  agent_protocol_unsupported: "The agent speaks a protocol version that this controller does not; upgrade the older side.",
  agent_refused: "The agent refused the call; its reason stands in the details.",
  already_exists: "An object with this identity already exists in the target.",
  app_not_found: "No application in the org has this id.",
  approval_denied: "Somebody who may approve runs denied this one; nothing was sent. The message says who and why.",
  authentication_failed: "The target rejected the credential; check that it is right, active and belongs to this org.",
  broker_not_found: "No nats-server could be found or fetched; install one or set LONGARM_NATS_SERVER to its path.",
  broker_too_old: "The broker is older than the oldest version that is safe to use; upgrade nats-server.",
  broker_unavailable: "The broker cannot be reached; the operation was not accepted. Try again when it is back.",
  broker_unsafe: "The broker acknowledges before it has written to disk; set `sync_interval: always` or allow it in the configuration.",
  call_rejected: "The target refused the call; its own code and message stand in the details.",
  cancelled: "The run was cancelled on request; its calls show what was done before.",
  conflict:
    "What is there differs from what was meant: an object in the target, a definition that was changed meanwhile, or an agent of that name.",
  connection_required: "Several connections are defined, so the run must name one with `connection`.",
  controller_unreachable: "The controller did not answer at this address; start it with `longarm up`, or name another with --url.",
  credential_in_use: "A connection still uses this credential; point that connection to another one first.",
  credential_unresolved: "The credential is a reference that could not be resolved where the call was to be made; nothing was sent.",
  data_directory_in_use: "Another controller runs on this data directory; stop it or choose another directory.",
  deadline_exceeded: "The run's deadline passed before it could finish.",
  enrolment_refused: "The agent is not let in; the message says why.",
  flow_blocked: "The flow's code kept the other flows from going on, so it was ended; the message says for how long.",
  flow_failed: "The flow's own code threw; the message says what.",
  flow_too_long: "The flow has taken more steps than one may; let it call subflows, or end its loop.",
  forbidden: "The principal lacks the scope that this route asks for.",
  group_not_found: "No group in the org has this identity.",
  hook_not_found: "No event hook in the org has this id.",
  idempotency_conflict: "This Idempotency-Key was used before with another body; use a new key for a new request.",
  input_too_large: "The input is larger than a run may carry; shorten it or split the work.",
  internal: "A fault inside Longarm; report it with the id shown.",
  invalid_configuration: "The configuration has faults; every one is listed in the details.",
  invalid_flow: "A flow is not of the form that one needs; the message names what is missing and where.",
  invalid_json: "The body is not JSON; the message shows where it stops being so.",
  invalid_request: "The request has faults; each is listed with its place in the details.",
  invalid_selector: "The selector does not parse; the details show where.",
  invalid_state: "The object is in a state from which the wanted state cannot be reached.",
  invalid_usage: "The command was not given in a form that it understands; see its --help.",
  invalid_wire_message: "A message between controller and agent could not be read; it was dropped.",
  issuer_unavailable: "The issuer of the token cannot be asked for its keys, so the token could not be checked; try again.",
  key_ring_missing: "The installation's key ring is absent or does not open what is stored; restore the key file.",
  method_not_allowed: "The route exists, but not with this method; the `Allow` header lists those that it has.",
  name_ambiguous: "Several objects bear this name; name the one that is meant by its id.",
  no_agent_matches: "No agent satisfies what the connection requires; the details name each agent's failed condition.",
  nondeterministic: "On replay the action asked for another call than the log holds, so nothing was sent.",
  not_allowed: "The principal is not allowed to do this.",
  not_sealed: "What the controller stored to try it out could be read in the clear on the broker, so it does not start; report it.",
  origin_not_allowed: "The request's Host or Origin is not an address of this controller; reach it by its own address or set `publicUrl`.",
  outcome_unknown: "The call may or may not have taken effect; the evidence stands in the run. Look at the target before you try again.",
  overtaken: "Another controller carries this run now.",
  permission_missing: "The credential lacks a scope or an administrator role that this call needs.",
  placement_not_allowed: "The connection does not allow its calls to run there; `on` may only narrow its placement.",
  policy_denied: "The policy of the agent's site, or the addresses that the connection lists, do not allow the call; nothing was sent.",
  port_in_use: "The port is taken by another process; choose another one.",
  public_url_missing:
    "The controller's public address is needed for this and is not configured; set `publicUrl`, or give the address by hand.",
  rate_limited: "The target's rate limit is used up; the details say when it resets.",
  response_too_large: "The response is larger than the cap of this call.",
  sealed_record_rejected: "A stored record does not open under the installation's keys and was not acted on.",
  secret_required: "The change needs a secret that the target never shows and that was not given; nothing was sent.",
  secrets_gone: "The run's secret outputs can be read no more: they were read before, or their time has passed.",
  signer_unavailable: "The process that signs calls does not answer or refuses; nothing was sent. Start `longarm signer` again.",
  sink_full: "The place that the sync writes to has no room left; nothing is lost, and it goes on from where it was.",
  sink_rejected: "The place that the sync writes to refuses what is written; the message says why.",
  sink_unavailable: "The place that the sync writes to cannot be reached or used just now; it goes on from where it was.",
  step_cancelled: "A run that was a step of a flow was cancelled, and not by the flow.",
  storage_full: "The broker's storage is nearly full, so new runs are refused; accepted ones are kept. Free space and try again.",
  target_error: "The target answered with a fault of its own.",
  target_reset: "The connection to the target broke after the request may have left.",
  target_timeout: "The target did not answer in time.",
  target_unreachable: "The target could not be reached, so nothing was sent.",
  too_many_deletions:
    "A listing lacks more of what was copied than may go at once, so nothing was marked as deleted; look at the org, or allow it for one run.",
  too_many_requests: "The principal has made more requests than it may; `Retry-After` says when to come again.",
  unauthorized: "The request carries no valid token; send it as `Authorization: Bearer …`.",
  unexpected_response: "The target's answer was not of the form that the action understands.",
  unknown_action: "No action has this name; `longarm actions` lists them.",
  unknown_agent: "No agent has this id or name.",
  unknown_api_key: "No API key has this id; `longarm api-keys ls` lists them.",
  unknown_connection: "No connection has this name; `longarm connections ls` lists them.",
  unknown_credential: "No credential has this name; `longarm credentials ls` lists them.",
  unknown_event: "No event has this source and id, or it was kept for as long as events are; `longarm events ls` lists them.",
  unknown_flow: "No flow has this name; `longarm flows ls` lists them.",
  unknown_hook: "No hook is registered for this connection; `longarm hooks ls` lists them, `longarm hooks set` makes one.",
  unknown_join_token: "No join token has this id; `longarm agents token ls` lists them.",
  unknown_record: "No record of this kind is kept under this identity; `longarm records fetch` reads the org again.",
  unknown_route: "There is no such route; see /docs.",
  unknown_run: "No run has this id, or the run was removed; then the message says when.",
  unknown_schedule: "No schedule has this name; `longarm schedules ls` lists them.",
  unknown_sync: "No sync has this name; `longarm syncs ls` lists them.",
  unknown_trigger: "No trigger has this name; `longarm triggers ls` lists them.",
  unsupported_content_type: "The body must be JSON; send it with `Content-Type: application/json`.",
  user_not_found: "No user in the org has exactly this identity.",
} as const;

/** A member of the closed set of codes. */
export type ErrorCode = keyof typeof errorSentences;

/** Is `value` one of the closed set of codes? */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(errorSentences, value);
}

/** What may accompany an error; `details` must be JSON and free of secrets, since it is shown and stored. */
export interface LongarmErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
  /** Might the same request succeed later without anybody changing anything? */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** An error as it is stored in a run and shown in problem+json. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one error class. Its message is a sentence that says what was wrong with which value, and what to do. */
export class LongarmError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message?: string, options: LongarmErrorOptions = {}) {
    super(message ?? errorSentences[code], options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "LongarmError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }

  /** Whatever was thrown, as a LongarmError: one already → itself; anything else → `internal` with it as the cause. */
  static from(reason: unknown): LongarmError {
    if (reason instanceof LongarmError) return reason;
    const message = reason instanceof Error ? reason.message : String(reason);
    return new LongarmError("internal", `${errorSentences.internal} (${message})`, { cause: reason });
  }

  /** The error that a stored or received body describes. */
  static fromBody(body: ErrorBody): LongarmError {
    return new LongarmError(body.code, body.message, { retryable: body.retryable, ...(body.details && { details: body.details }) });
  }

  /** The form in which the error is stored and shown. */
  toBody(): ErrorBody {
    const details = Object.keys(this.details).length > 0 ? { details: this.details } : {};
    return { code: this.code, message: this.message, retryable: this.retryable, ...details };
  }
}
