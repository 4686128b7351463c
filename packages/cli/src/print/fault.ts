import type { ErrorCode, LongarmError } from "@longarm/shared";
import type { Shell } from "../shell.ts";
import { plain } from "./plain.ts";

const nextSteps: Partial<Readonly<Record<ErrorCode, string>>> = {
  broker_not_found: "longarm doctor",
  broker_unavailable: "longarm doctor",
  connection_required: "longarm connections ls, then name one with --connection",
  controller_unreachable: "start one with longarm up, or name it with --url and --token",
  idempotency_conflict: "use another --key",
  no_agent_matches: "longarm select SELECTOR shows which condition fails where",
  placement_not_allowed: "longarm connections show NAME shows what is allowed",
  unauthorized: "give a key with --token @FILE or LONGARM_TOKEN, or run where the controller's data directory is (--data)",
  unknown_action: "longarm actions",
  unknown_agent: "longarm agents ls",
  unknown_connection: "longarm connections ls",
  unknown_credential: "longarm credentials ls",
  unknown_join_token: "longarm agents token ls",
  unknown_run: "longarm runs ls",
};

function nextStep(error: LongarmError): string | undefined {
  const { runId } = error.details;
  return typeof runId === "string" && error.code !== "unknown_run" ? `longarm runs show ${runId}` : nextSteps[error.code];
}

/** Says on stderr what went wrong and what to do; as one line of JSON where JSON was asked for. */
export function reportFault(shell: Shell, error: LongarmError, asJson: boolean): void {
  if (asJson) return shell.note(JSON.stringify({ error: error.toBody() }));
  shell.note(`${shell.noteLook(["red", "bold"], `error[${error.code}]:`)} ${plain(error.message)}`);
  const next = nextStep(error);
  if (next !== undefined) shell.note(`${shell.noteLook("dim", "next:")} ${plain(next)}`);
}
