import type { AgentId } from "@longarm/shared";

/** Which value of a credential: its revision, and when it was set (Unix milliseconds), since revisions begin anew after a removal. */
export interface CredentialVersion {
  readonly credential: string;
  readonly revision: number;
  readonly setAt: number;
}

/** That an agent was given a version of a credential. */
export interface CredentialReceipt extends CredentialVersion {
  readonly agentId: AgentId;
  readonly agentName: string;
  /** Unix milliseconds of the first time, on the clock of the controller that gave it. */
  readonly firstAt: number;
}

/** The record of which agents ever were given which version of which credential. */
export interface CredentialReceipts {
  /** Resolves once it is stored, which is to be before the agent is given it. Costs nothing when it was noted before. */
  note(version: CredentialVersion, agent: { readonly id: AgentId; readonly name: string }): Promise<void>;
  /** Oldest first; also those of agents and credentials that are gone. */
  list(): Promise<readonly CredentialReceipt[]>;
}

/** All that one agent was given, as it is stored under its id. */
export interface AgentReceipts {
  readonly agentId: AgentId;
  readonly agentName: string;
  readonly given: readonly (CredentialVersion & { readonly firstAt: number })[];
}
