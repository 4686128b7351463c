import type { KeyObject } from "node:crypto";
import type { AgentId, Clock } from "@longarm/shared";
import { newSeed, SealingKey, type SealingPublicKey } from "@longarm/shared/seal";

// Making a key and agreeing on a secret cost more than all the rest of a call's seal.
const passesAfterMs = 60_000;

/** A sealing key that lives for a minute and is kept nowhere, and what it agrees on with each agent. */
export class PassingKey {
  readonly #clock: Clock;
  readonly #agreed = new Map<AgentId, { readonly to: SealingPublicKey; readonly key: KeyObject }>();
  #own = new SealingKey(newSeed());
  #madeAtMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#madeAtMs = clock.monotonicMs();
  }

  /** What to seal with to this agent now, and what the agent finds it by. */
  agreeWith(agent: AgentId, to: SealingPublicKey): { readonly key: KeyObject; readonly passing: Uint8Array } {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#madeAtMs >= passesAfterMs) this.#renew(nowMs);
    const known = this.#agreed.get(agent);
    if (known?.to === to) return { key: known.key, passing: this.#own.public.raw };
    const key = this.#own.agree(to, "call", { isFrom: true });
    this.#agreed.set(agent, { to, key });
    return { key, passing: this.#own.public.raw };
  }

  #renew(nowMs: number): void {
    this.#own = new SealingKey(newSeed());
    this.#madeAtMs = nowMs;
    this.#agreed.clear();
  }
}
