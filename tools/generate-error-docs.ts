/**
 * `node tools/generate-error-docs.ts`: prints `docs/ERRORS.md` from the code tables. After a change of a code:
 * `node tools/generate-error-docs.ts > docs/ERRORS.md`.
 */
import { type ErrorCode, errorSentences } from "../packages/shared/src/errors.ts";
import { exitCodeOfError } from "../packages/cli/src/exit-code.ts";
import { statusOfCode } from "../packages/controller/src/http/problem.ts";

/** What to do next. Typed by the closed set, so that a new code cannot be forgotten. */
const nextSteps: Readonly<Record<ErrorCode, string>> = {
  action_contract_broken: "Report the action with the run's id.",
  agent_lost: "Nothing for a call that was not sent: it is placed again. Else see how the run ended with `longarm runs show`.",
  agent_name_taken: "Set `name` in the agent's configuration.",
  agent_protocol_unsupported: "Bring controller and agent to the same version.",
  agent_refused: "Read `details.reason`; `longarm agents show` tells the agent's state.",
  already_exists: "Use the object that is there, or choose another identity.",
  app_not_found: "Check the application's id with `okta.app.stream`.",
  approval_denied: "Talk to who denied it, then submit it again.",
  authentication_failed: "Set the credential anew, then `longarm connections test`.",
  broker_not_found: "Install nats-server, or name its path in `LONGARM_NATS_SERVER`.",
  broker_too_old: "Upgrade nats-server to 2.12.7 or newer.",
  broker_unavailable: "Try again; with an embedded broker look into `broker/nats-server.log`.",
  broker_unsafe: "Set `sync_interval: always` on the broker, or `broker.allowUnsafe` if a power cut may lose runs.",
  call_rejected: "Read the target's own code in the details and correct the input.",
  cancelled: "Look at the run's calls for what was done before.",
  conflict: "Read what is stored, decide which of the two is right, and try again.",
  connection_required: "Name one with `--connection`.",
  controller_unreachable: "Start it, or name its address with `--url`.",
  credential_in_use: "Change the connection first.",
  credential_unresolved:
    "The details say what was missing. Define the credential in the configuration of the site's agents, or mend its source.",
  data_directory_in_use: "Stop the other process, or choose another `data` directory.",
  deadline_exceeded:
    "Look at the run's calls; `details.clock` names the limit: submit it again with a later deadline, or change `startWithin` or `runWithin`.",
  enrolment_refused:
    "Make a token with `longarm agents token` and start the agent once with the command that is printed; a revoked agent stays refused.",
  flow_blocked: "Look for a loop in the flow that awaits nothing, correct it, and run it again.",
  flow_failed: "Correct the flow; its steps stand in the run's log.",
  flow_too_long: "Split the flow into subflows, each a run of its own.",
  forbidden: "Use an API key that has the scope.",
  group_not_found: "Check the group's id or name.",
  hook_not_found: "Check the hook's id with `okta.eventHook.list`.",
  idempotency_conflict: "Use a new key, or send the first body again.",
  input_too_large: "Split the work over several runs.",
  internal: "Report it with the id and the controller's log.",
  invalid_configuration: "Correct each listed fault; `--print-config` shows what is in force.",
  invalid_flow: "Correct the flow's file at what the message names, then start the controller again.",
  invalid_json: "Correct the body at the place shown.",
  invalid_request: "Correct each listed fault.",
  invalid_selector: "Correct it at the place shown; try it with `longarm select`.",
  invalid_state: "Bring the object into a state that allows the step.",
  invalid_usage: "See the command's `--help`.",
  invalid_wire_message: "Bring controller and agent to the same version; report it if they are.",
  issuer_unavailable: "Try again; the controller's log says why the issuer cannot be asked. API keys work meanwhile.",
  key_ring_missing: "Put the installation's own key-ring file back.",
  method_not_allowed: "Use a method that `Allow` lists.",
  name_ambiguous: "Name it by its id.",
  no_agent_matches: "`longarm select` tells which condition failed on which agent.",
  nondeterministic: "Look at what the run has done, then submit it again.",
  not_allowed: "Ask whoever administers the installation.",
  not_sealed: "Report it; do not go on with this version.",
  origin_not_allowed: "Use the controller's own address, or set `publicUrl`.",
  outcome_unknown: "Look at the target; the evidence names the call.",
  overtaken: "Nothing: the other controller carries the run on.",
  permission_missing: "Grant the scope or the administrator role to the credential.",
  placement_not_allowed: "Leave out `on`, or change the connection's placement.",
  policy_denied:
    "The message names the rule, or what is missing. Have the site's administrator allow it in the agent's policy; `longarm agent policy test --explain` shows why.",
  port_in_use: "Choose another port; 0 takes any free one.",
  public_url_missing: "Set `publicUrl` in the controller's configuration, or give the uri with the input.",
  rate_limited: "Wait until the time in the details.",
  response_too_large: "Raise the connection's `maxResponseBytes`, or ask for less.",
  sealed_record_rejected: "Look for who changed the store or the key ring; restore from a backup.",
  secret_required: "Give the secret with the change.",
  secrets_gone: "Have the target make new ones, for instance by another run; read them within 15 minutes after its end.",
  signer_unavailable: "Start the signer, and look into its log for what it refused.",
  sink_full: "Free space where the sync writes to; its next run goes on.",
  sink_rejected: "Read what the message says of the place, and correct it or the sync's definition.",
  sink_unavailable: "Look why it cannot be reached; the sync's next run goes on.",
  step_cancelled: "Look at who cancelled it, then run the flow again.",
  storage_full: "Free disk space, or raise `maxStoreBytes`.",
  target_error: "Try again later; the target's request id is in the run.",
  target_reset: "See the run: by its effect class the call was repeated or its outcome is unknown.",
  target_timeout: "See the run: by its effect class the call was repeated or its outcome is unknown.",
  target_unreachable: "Check the base URL, name resolution and network from where the call ran.",
  too_many_deletions:
    "Look whether the org still holds what the listing lacks; if it does not, `longarm syncs run NAME --max-deleted 100%` once.",
  too_many_requests: "Wait as long as `Retry-After` says, or have `access.rateLimit` raised.",
  unauthorized: "Send a valid key with `--token` or `LONGARM_TOKEN`.",
  unexpected_response: "Check that the base URL is the right system; else report it.",
  unknown_action: "See `longarm actions`.",
  unknown_agent: "See `longarm agents ls`.",
  unknown_api_key: "Check the id.",
  unknown_connection: "See `longarm connections ls`.",
  unknown_credential: "See `longarm credentials ls`.",
  unknown_event: "See `longarm events ls`; `--source` says whether it was posted, came by a hook, or is a run's end.",
  unknown_flow: "See `longarm flows ls`.",
  unknown_hook: "`longarm hooks ls` lists the hooks; `longarm hooks set` makes one.",
  unknown_join_token: "See `longarm agents token ls`.",
  unknown_record: "See `longarm records ls KIND`, or read the org again with `longarm records fetch KIND`.",
  unknown_route: "See `/docs` on the controller.",
  unknown_run: "See `longarm runs ls`.",
  unknown_schedule: "See `longarm schedules ls`.",
  unknown_sync: "See `longarm syncs ls`.",
  unknown_trigger: "See `longarm triggers ls`.",
  unsupported_content_type: "Send JSON with its content type.",
  user_not_found: "Check the user's id or login.",
};

const head = `# Errors

Every error has one code from this closed set. \`problem+json\` carries it as \`code\`, with a sentence about the case in hand as
\`detail\` and, where there are any, \`details\`. A failed run carries it as \`error.code\`. The CLI prints \`error[code]\`.

Exit codes of the CLI: 0 success · 1 the run failed · 2 wrong usage · 3 cannot reach or not allowed · 4 outcome unknown.

This page is generated: \`node tools/generate-error-docs.ts > docs/ERRORS.md\`. A test compares it with the code.

| code | HTTP | exit | what it says | what to do next |
|---|---|---|---|---|
`;

function row(code: ErrorCode): string {
  const cells = [`\`${code}\``, statusOfCode[code], exitCodeOfError(code), errorSentences[code], nextSteps[code]];
  return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

/** The whole page, with its last newline. */
export function errorPage(): string {
  const codes = Object.keys(errorSentences) as ErrorCode[];
  return `${head}${codes.map(row).join("\n")}\n`;
}

if (import.meta.main) process.stdout.write(errorPage());
