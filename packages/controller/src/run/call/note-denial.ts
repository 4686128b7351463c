import type { LogEntry, Submission } from "@longarm/shared";
import type { AuditTrail } from "../../ports/audit.ts";
import { isDenied } from "./denials.ts";

/** Takes note for the audit when this entry says that an agent's site denied a call for good. */
export function noteDenial(trail: Pick<AuditTrail, "denied"> | undefined, of: Submission, entry: LogEntry): void {
  if (entry.kind !== "outcome" || entry.executor.kind !== "agent" || !isDenied(entry.executor, entry.error)) return;
  const { principal, action, runId, connection } = of;
  const on = [runId, ...(connection === null ? [] : [connection]), entry.executor.agentId];
  trail?.denied({ principal, operation: action, on, code: "policy_denied" });
}
