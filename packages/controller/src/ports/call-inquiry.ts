import type { AgentId } from "@longarm/shared";
import type { CallKey, ToldAnswer } from "@longarm/shared/wire";

/** One attempt of a call, and the agent that it was sent to. */
export interface AskedCall extends CallKey {
  readonly agentId: AgentId;
  /** As its intent says, in Unix milliseconds. */
  readonly notAfterMs: number;
}

/** Asks agents what became of calls. */
export interface CallInquiry {
  /** Asks, again and again while the agent can hear it, and calls `hear` with every answer, until the returned function is called. */
  ask(call: AskedCall, hear: (word: { readonly journalId: string; readonly answer: ToldAnswer }) => void): () => void;
  /** Tells the agent that how this call ended is stored, so that it need not keep it. May be lost. */
  stored(agent: AgentId, call: CallKey): void;
}
