import type { AgentId } from "@longarm/shared";
import type { CallAddress } from "@longarm/shared/wire";
import type { AgentGrantKeys } from "../../../ports/agent-store.ts";

/** Made at once, or by a signer in another process. */
export type Soon<T> = T | Promise<T>;

/** What is known of an agent that something is sealed to. */
export interface KnownAgent {
  readonly keys: AgentGrantKeys;
  /** Of the process that is enrolled here; absent: none is. */
  readonly bootId?: string;
}

/** One call's way to an agent and back. */
export interface SealedLine {
  /** Goes into the call before it is sealed. */
  readonly address: Omit<CallAddress, "epoch">;
  /** The call in its envelope. Once, and before all else. */
  seal(call: Uint8Array): Soon<Uint8Array>;
  sealControl(control: Uint8Array): Uint8Array;
  /** What a frame says; undefined: it was counted and dropped. `isClosing`: the agent signed that the call ends with it. */
  openFrame(envelope: Uint8Array): { readonly frame: Uint8Array; readonly isClosing: boolean } | undefined;
}

/** Seals what a controller sends to agents, and opens what they send. What does not verify is counted and dropped. */
export interface FieldSeals {
  /** Throws `agent_refused` when the agent has no process here, or no keys. */
  line(agent: AgentId): SealedLine;
  /** The channel that a frame is for; undefined: it is none. */
  channelOf(frame: Uint8Array): number | undefined;
  /** A word for this process of the agent; undefined: there is none, or no keys of it. */
  sealWord(
    agent: AgentId,
    word: { readonly subject: string; readonly payload: Uint8Array; readonly bootId?: string },
  ): Soon<Uint8Array | undefined>;
  /** What an agent's word says. */
  openWord(agent: AgentId, subject: string, envelope: Uint8Array): Uint8Array | undefined;
  /** An answer to an asking: signed, and open to all. */
  signAnswer(subject: string, payload: Uint8Array): Soon<Uint8Array>;
}
