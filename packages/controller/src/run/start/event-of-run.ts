import { eventLimits, type RunStatus, type StoredEvent, type Submission } from "@longarm/shared";
import { canonicalJson } from "@longarm/shared/seal";
import { isTriggerPrincipal } from "../../decide/trigger/trigger.ts";
import type { RunView } from "../../ports/run-service.ts";

/** The type of the event that a run's end is: `flow.okta.flow.onboardUser.succeeded`. */
export function typeOfEnd(action: string, status: RunStatus): string {
  return `flow.${action}.${status}`;
}

/** The event that a run's end is. Its id is the run's, so that it is one event, whoever tells of it. */
export function eventOfRun(
  run: RunView,
  { principal, chain }: Pick<Submission, "principal" | "chain">,
  at: { readonly endedAtMs: number; readonly nowMs: number },
): StoredEvent {
  const { id, action, connection, status } = run;
  const submitter = isTriggerPrincipal(principal) ? [] : [principal];
  return {
    ...{ id, source: "flow", type: typeOfEnd(action, status), subject: id, data: dataOf(run) },
    ...{ depth: chain?.depth ?? 0, isEcho: false, receivedAtMs: at.nowMs, publishedMs: at.endedAtMs },
    ...(connection !== null && { connection }),
    behind: [...new Set([...(chain?.behind ?? []), ...submitter])],
  };
}

/** What of a run an event tells. Secrets are masked; an input and output that are too large for an event are left out. */
function dataOf({ id, action, connection, status, submittedBy, input, output, error }: RunView): unknown {
  const head = { run: id, action, connection, status, submittedBy, error };
  const whole = { ...head, input, output };
  return fits(whole) ? whole : { ...head, error: error && { code: error.code }, input: null, output: null, truncated: true };
}

function fits(data: unknown): boolean {
  try {
    return Buffer.byteLength(canonicalJson(data)) <= eventLimits.dataBytes;
  } catch {
    // A target's half of a surrogate pair is no JSON.
    return false;
  }
}
