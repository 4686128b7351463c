import { randomUUID } from "node:crypto";
import { type AgentId, agentOfSubject, type Clock, type ControllerId, field } from "@longarm/shared";
import { type CallKey, decodeTold, encodeAsk, encodeDelivered } from "@longarm/shared/wire";
import type { AskedCall, CallInquiry } from "../../ports/call-inquiry.ts";

/** What inquiries rest on. */
export interface CallInquiriesDeps {
  readonly controllerId: ControllerId;
  readonly publish: (subject: string, payload: Uint8Array) => void;
  readonly clock: Clock;
  /** Is it worth asking? */
  readonly canHear: (agent: AgentId) => boolean;
}

interface Open {
  readonly call: AskedCall;
  readonly hear: Parameters<CallInquiry["ask"]>[1];
  askedAtMs: number;
}

// A question or its answer may be lost, and an agent that comes back is asked at the next round.
const againMs = 1_000;
const callsAtOnce = 500;

/** Asks over the account FIELD: `agent.<id>.ask` there, `ctl.<us>.from.<id>.told` back. */
export class CallInquiries implements CallInquiry {
  readonly #deps: CallInquiriesDeps;
  /** By nonce. */
  readonly #open = new Map<string, Open>();
  readonly #stored = new Map<AgentId, CallKey[]>();

  constructor(deps: CallInquiriesDeps) {
    this.#deps = deps;
  }

  ask(call: AskedCall, hear: Open["hear"]): () => void {
    const nonce = randomUUID();
    const open = { call, hear, askedAtMs: -Infinity };
    this.#open.set(nonce, open);
    this.#askOnce(nonce, open);
    return () => this.#open.delete(nonce);
  }

  stored(agent: AgentId, { callId, attempt }: CallKey): void {
    const calls = this.#stored.get(agent);
    if (calls) return void calls.push({ callId, attempt });
    this.#stored.set(agent, [{ callId, attempt }]);
    // What is stored in the same turn is told in one message.
    if (this.#stored.size === 1) setImmediate(() => this.#tellStored());
  }

  /** A message on `ctl.<us>.from.<agent>.told`. */
  deliver(subject: string, payload: Uint8Array): void {
    const { nonce, callId, attempt, journalId, answer } = decodeTold(payload);
    const open = this.#open.get(nonce);
    // The broker vouches for the subject: no agent speaks for another.
    if (!open || open.call.agentId !== agentOfSubject(subject)) return;
    if (open.call.callId === callId && open.call.attempt === attempt) open.hear({ journalId, answer });
  }

  /** Asks again what was not answered. Call it a few times a second. */
  sweep(): void {
    const nowMs = this.#deps.clock.monotonicMs();
    for (const [nonce, open] of this.#open) {
      if (nowMs - open.askedAtMs >= againMs && this.#deps.canHear(open.call.agentId)) this.#askOnce(nonce, open);
    }
  }

  #askOnce(nonce: string, open: Open): void {
    const { controllerId, clock } = this.#deps;
    const { agentId, callId, attempt, notAfterMs } = open.call;
    open.askedAtMs = clock.monotonicMs();
    this.#publish(field.ask(agentId), encodeAsk({ controllerId, callId, attempt, nonce, notAfterMs }));
  }

  #tellStored(): void {
    const { controllerId } = this.#deps;
    for (const [agent, calls] of this.#stored) {
      while (calls.length > 0)
        this.#publish(field.delivered(agent), encodeDelivered({ controllerId, calls: calls.splice(0, callsAtOnce) }));
    }
    this.#stored.clear();
  }

  #publish(subject: string, payload: Uint8Array): void {
    try {
      this.#deps.publish(subject, payload);
    } catch {
      // The connection is closed: a question is asked again by the sweep, and what is stored need not be known.
    }
  }
}
