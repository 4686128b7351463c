import type { AgentId } from "@longarm/shared";
import type { CallKey, ToldAnswer } from "@longarm/shared/wire";
import type { AskedCall, CallInquiry } from "../ports/call-inquiry.ts";

type Hear = Parameters<CallInquiry["ask"]>[1];

/** Agents that say what they are told to, for tests. */
export class MemoryCallInquiry implements CallInquiry {
  /** Every question, and every call whose end was said to be stored. */
  readonly asked: AskedCall[] = [];
  readonly storedCalls: CallKey[] = [];
  readonly #words: { readonly journalId: string; readonly answer: ToldAnswer }[] = [];
  readonly #hearing = new Set<Hear>();

  /** How many questions are open. */
  get openCount(): number {
    return this.#hearing.size;
  }

  /** Has the agents say this, to whoever asks now or later. */
  say(journalId: string, answer: ToldAnswer): void {
    this.#words.push({ journalId, answer });
    for (const hear of this.#hearing) hear({ journalId, answer });
  }

  ask(call: AskedCall, hear: Hear): () => void {
    this.asked.push(call);
    this.#hearing.add(hear);
    for (const word of this.#words) queueMicrotask(() => this.#hearing.has(hear) && hear(word));
    return () => this.#hearing.delete(hear);
  }

  stored(_agent: AgentId, { callId, attempt }: CallKey): void {
    this.storedCalls.push({ callId, attempt });
  }
}
