import type { ErrorBody } from "../errors.ts";
import type { AgentId } from "../ids.ts";
import type { Labels } from "../selector/contract.ts";
import type { StableFacts } from "./messages.ts";
import type { AgentKeys, SignedInstallationKeys } from "./trust-messages.ts";

/** A sealed asking on its way from an agent to the controllers. */
export interface KnockMessage {
  /** The agent's x25519 key, 32 bytes. */
  readonly sealing: Uint8Array;
  /** Id of the installation's key that it is sealed to. */
  readonly sealedTo: string;
  readonly sealed: Uint8Array;
}

/** What an agent says to get the right to connect. */
export interface KnockingMessage {
  readonly agentId: AgentId;
  /** Stays the same until it was answered. */
  readonly nonce: string;
  /** How often the agent was let in before. */
  readonly generation: number;
  readonly name: string;
  readonly protocol: number;
  /** What is proposed to an administrator. */
  readonly labels: Labels;
  readonly facts: StableFacts;
  readonly keys: AgentKeys;
  /** See `signedByKnocker`. */
  readonly proof: Uint8Array;
  /** Of the join token; absent where the agent comes back. */
  readonly secret?: string;
  /** What a controller wanted to have said again. */
  readonly challenge?: string;
}

/** A sealed answer on its way to the agent. */
export interface KnockedMessage {
  /** Id of the installation's key that sealed it. */
  readonly sealedBy: string;
  readonly sealed: Uint8Array;
}

/** The broker's user JWTs of an agent: one to work with, one to come back with. */
export interface AgentRights {
  readonly jwt: string;
  readonly returnJwt: string;
}

/** What became of an asking. `held`: neither in nor refused, knock again later; with a `challenge`, at once and with that. */
export type KnockVerdict =
  | ({ readonly kind: "admitted"; readonly generation: number; readonly labels: Labels } & AgentRights)
  | { readonly kind: "held"; readonly reason: HeldReason; readonly sentence: string; readonly challenge?: string }
  | { readonly kind: "refused"; readonly error: ErrorBody };

/** Why an agent is neither in nor refused. */
export const heldReasons = ["pending", "quarantined", "again"] as const;
export type HeldReason = (typeof heldReasons)[number];

/** A controller's answer to an asking. */
export interface KnockAnswerMessage {
  readonly nonce: string;
  readonly verdict: KnockVerdict;
  readonly installation: SignedInstallationKeys;
}
