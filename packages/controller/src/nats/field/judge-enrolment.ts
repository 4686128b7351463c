import { isDeepStrictEqual } from "node:util";
import { type AgentId, type ErrorBody, LongarmError } from "@longarm/shared";
import { signedByAgent, VerifyingKey } from "@longarm/shared/seal";
import { type DesiredState, type EnrolMessage, protocolFault } from "@longarm/shared/wire";
import { type AgentGrant, writtenKeys } from "../../ports/agent-store.ts";

/** What an asking is judged by. */
export interface EnrolmentGround {
  readonly agent: AgentId;
  /** What was granted to it at the door. */
  readonly grant: AgentGrant | undefined;
}

export type EnrolmentVerdict =
  | { readonly kind: "granted"; readonly grant: AgentGrant & { readonly desired: DesiredState } }
  | { readonly kind: "refused"; readonly error: ErrorBody };

/** May this process work as the agent that was let in? */
export function judgeEnrolment(enrol: EnrolMessage, { agent, grant }: EnrolmentGround): EnrolmentVerdict {
  const { protocol, name } = enrol;
  const unspoken = protocolFault(name, protocol);
  if (unspoken) return { kind: "refused", error: unspoken.toBody() };
  if (!grant?.keys) return refused("enrolment_refused", `Agent "${name}" (${agent}) is not known here; let it join again.`);
  const { desired } = grant;
  if (desired === "revoked") return refused("enrolment_refused", `Agent "${name}" (${agent}) was revoked.`);
  if (!isProven(agent, enrol)) return refused("enrolment_refused", `Agent "${name}" does not prove that its keys are its own.`);
  if (!isDeepStrictEqual(grant.keys, writtenKeys(enrol.keys)))
    return refused("enrolment_refused", `Agent "${name}" (${agent}) asks with other keys than it was let in with.`);
  if (desired === "pending" || desired === "quarantined")
    return refused("agent_refused", `Agent "${name}" (${agent}) is ${desired}: an administrator has to approve it.`);
  if (name !== grant.name) return refused("enrolment_refused", `Agent ${agent} was let in as "${grant.name}", and calls itself "${name}".`);
  return { kind: "granted", grant: { ...grant, name, desired } };
}

function isProven(agentId: AgentId, { bootId, nonce, keys, proof, generation }: EnrolMessage): boolean {
  const said = { agentId, bootId, nonce, keys, ...(generation !== undefined && { generation }) };
  return new VerifyingKey(keys.signing).verify("enrolment", signedByAgent(said), proof);
}

function refused(code: ErrorBody["code"], message: string): EnrolmentVerdict {
  return { kind: "refused", error: new LongarmError(code, message).toBody() };
}
