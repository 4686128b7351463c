import { type AgentId, LongarmError } from "@longarm/shared";
import type { Approval } from "../../ports/agent-directory.ts";
import { type AgentGrant, type AgentStore, fingerprintOf } from "../../ports/agent-store.ts";

/** Stores a change of what is known of an agent, whoever changes it meanwhile. Throws `unknown_agent`, and what `change` throws. */
export async function changeGrant(store: AgentStore, agent: AgentId, change: (before: AgentGrant) => AgentGrant): Promise<AgentGrant> {
  for (;;) {
    const stored = await store.get(agent);
    if (!stored) throw new LongarmError("unknown_agent", `No agent has the id ${agent}.`);
    try {
      return (await store.put(agent, change(stored.value), stored.sequence)).value;
    } catch (reason) {
      if (LongarmError.from(reason).code !== "conflict" || !(await hasMoved(store, agent, stored.sequence))) throw reason;
    }
  }
}

// A change may itself find a conflict, which no repetition mends.
async function hasMoved(store: AgentStore, agent: AgentId, sequence: number): Promise<boolean> {
  return (await store.get(agent))?.sequence !== sequence;
}

/** Throws `invalid_state` for an agent that waits for an administrator's approval, or was revoked: that is for good. */
export function checkAdmitted({ id, name, desired }: AgentGrant): void {
  if (desired === "revoked")
    throw new LongarmError("invalid_state", `Agent "${name}" (${id}) was revoked, for good; let its host join as a new agent.`);
  if (desired !== "pending" && desired !== "quarantined") return;
  throw new LongarmError("invalid_state", `Agent "${name}" is ${desired}; let it in with "longarm agents approve ${id}", or revoke it.`);
}

/**
 * An agent that waited for an administrator, let in; or one that was quarantined: then whatever it remembers is taken for right. Throws
 * `invalid_state` where it waits for nothing, `conflict` for another fingerprint.
 */
export function approved(before: AgentGrant, { fingerprint, labels, by }: Approval): AgentGrant {
  const { proposed, generation, nonce, ...grant } = before;
  const { id, name, desired } = before;
  if (desired !== "pending" && desired !== "quarantined")
    throw new LongarmError("invalid_state", `Agent "${name}" (${id}) is ${desired} and waits for no approval.`);
  checkFingerprint(before, fingerprint);
  // A quarantined one forgets how often it was let in: whichever copy is left may come in once more.
  const remembered = desired === "pending" ? { generation: generation ?? 0, ...(nonce !== undefined && { nonce }) } : {};
  return { ...grant, ...remembered, labels: labels ?? proposed?.labels ?? grant.labels, desired: "up", approvedBy: by };
}

function checkFingerprint({ id, name, keys }: AgentGrant, fingerprint: string | undefined): void {
  const own = keys && fingerprintOf(keys);
  if (fingerprint === undefined || fingerprint === own) return;
  const sentence = `Agent "${name}" (${id}) is known by the fingerprint ${own}, not ${fingerprint}: whoever asks under this name is not the host that you mean.`;
  throw new LongarmError("conflict", sentence);
}
