import { createHash, timingSafeEqual } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type AgentId, type ErrorBody, LongarmError, type Secret } from "@longarm/shared";
import { signedByAgent, VerifyingKey } from "@longarm/shared/seal";
import { type AgentKeys, type EnrolMessage, oldestProtocol, protocolVersion } from "@longarm/shared/wire";
import type { AgentGrant, AgentGrantKeys } from "../../ports/agent-store.ts";

/** What an asking is judged by. */
export interface EnrolmentGround {
  readonly agent: AgentId;
  readonly token: Secret;
  /** What was granted to this agent before. */
  readonly before: AgentGrant | undefined;
  /** Another agent that is up and bears the same name. */
  readonly namesake: AgentId | undefined;
  readonly nowMs: number;
}

export type EnrolmentVerdict =
  | { readonly kind: "granted"; readonly grant: AgentGrant }
  | { readonly kind: "refused"; readonly error: ErrorBody };

/**
 * May this agent come in, and with what? Under the shared token the labels are granted as they are asked for: whoever holds the token
 * is trusted with them. The same asking is always answered alike, so that several controllers may answer it side by side.
 */
export function judgeEnrolment(enrol: EnrolMessage, ground: EnrolmentGround): EnrolmentVerdict {
  const { agent, before, namesake } = ground;
  const { protocol, name } = enrol;
  if (protocol < oldestProtocol || protocol > protocolVersion)
    return refused("agent_protocol_unsupported", protocolSentence(name, protocol));
  if (!isSameToken(enrol.token, ground.token))
    return refused("enrolment_refused", `The enrolment token of agent "${name}" is not this installation's.`);
  if (before?.desired === "revoked") return refused("enrolment_refused", `Agent "${name}" (${agent}) was revoked.`);
  const keys = writtenKeys(enrol.keys);
  if (!isProven(agent, enrol)) return refused("enrolment_refused", `Agent "${name}" does not prove that its keys are its own.`);
  if (before?.keys && !isDeepStrictEqual(before.keys, keys))
    return refused(
      "enrolment_refused",
      `Agent "${name}" (${agent}) asks with other keys than it was granted with; remove its data directory.`,
    );
  if (namesake)
    return refused("agent_name_taken", `Agent ${namesake} bears the name "${name}" and is up; give this agent a name of its own.`);
  const { labels } = enrol;
  return {
    kind: "granted",
    grant: { id: agent, name, labels, desired: before?.desired ?? "up", enrolledAt: before?.enrolledAt ?? ground.nowMs, keys },
  };
}

function isProven(agentId: AgentId, { bootId, nonce, keys, proof }: EnrolMessage): boolean {
  return new VerifyingKey(keys.signing).verify("enrolment", signedByAgent({ agentId, bootId, nonce, keys }), proof);
}

function writtenKeys({ identity, signing, sealing }: AgentKeys): AgentGrantKeys {
  const written = (key: Uint8Array): string => Buffer.from(key).toString("base64url");
  return { identity: written(identity), signing: written(signing), sealing: written(sealing) };
}

function protocolSentence(name: string, protocol: number): string {
  const range = oldestProtocol === protocolVersion ? `${protocolVersion}` : `${oldestProtocol} to ${protocolVersion}`;
  const older = protocol < oldestProtocol ? "the agent" : "the controller";
  return `Agent "${name}" speaks protocol ${protocol}, this controller ${range}; upgrade ${older}.`;
}

function refused(code: ErrorBody["code"], message: string): EnrolmentVerdict {
  return { kind: "refused", error: new LongarmError(code, message).toBody() };
}

function isSameToken(given: Uint8Array, token: Secret): boolean {
  const digest = (value: Uint8Array | string): Buffer => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(token.reveal()));
}
