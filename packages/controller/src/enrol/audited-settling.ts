import { returnTicketOf } from "@longarm/shared";
import { keyFingerprint } from "@longarm/shared/seal";
import type { KnockingMessage, KnockVerdict } from "@longarm/shared/wire";
import type { AuditTrail } from "../ports/audit.ts";

type Settle = (ticket: string, knocking: KnockingMessage) => Promise<KnockVerdict>;

/**
 * The same settling, on record: who is let in by a join token is written down before it is told, and who is held or refused is counted
 * among the denials. That an agent which is in comes back is no news.
 */
export function auditedSettling(settle: Settle, trail: AuditTrail): Settle {
  return async (ticket, knocking) => {
    const verdict = await settle(ticket, knocking);
    const { agentId, name, keys } = knocking;
    const on = [agentId, name, ticket];
    if (verdict.kind !== "admitted") {
      const code = verdict.kind === "held" ? verdict.reason : verdict.error.code;
      trail.denied({ principal: "", operation: "joinAsAgent", on, code });
    } else if (ticket !== returnTicketOf(agentId)) {
      const { generation, labels } = verdict;
      const details = { fingerprint: keyFingerprint(keys.signing), generation, labels };
      await trail.record({ principal: ticket, what: "joinAsAgent", on, details });
    }
    return verdict;
  };
}
