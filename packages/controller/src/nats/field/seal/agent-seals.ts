import type { KeyObject } from "node:crypto";
import type { AgentId } from "@longarm/shared";
import { type SealingKey, SealingPublicKey, VerifyingKey } from "@longarm/shared/seal";
import type { AgentGrantKeys } from "../../../ports/agent-store.ts";

/** An agent's public keys, and what was agreed on with them. */
interface Held {
  readonly keys: AgentGrantKeys;
  readonly verifying: VerifyingKey;
  readonly sealing: SealingPublicKey;
  /** By the id of the installation's sealing key. */
  readonly words: Map<string, { readonly toAgent: KeyObject; readonly toController: KeyObject }>;
}

/** Keeps agents' public keys in the form that is computed with, and the secrets agreed on with each. */
export class AgentSeals {
  readonly #held = new Map<AgentId, Held>();

  /** Checks the agent's signatures. */
  verifying(agent: AgentId, keys: AgentGrantKeys): VerifyingKey {
    return this.#of(agent, keys).verifying;
  }

  /** What calls to the agent are sealed with. */
  sealing(agent: AgentId, keys: AgentGrantKeys): SealingPublicKey {
    return this.#of(agent, keys).sealing;
  }

  /** What words are sealed with, by one of the installation's keys. */
  words(agent: AgentId, keys: AgentGrantKeys, own: SealingKey): { readonly toAgent: KeyObject; readonly toController: KeyObject } {
    const { sealing, words } = this.#of(agent, keys);
    const known = words.get(own.id);
    if (known) return known;
    const toAgent = own.agree(sealing, "to-agent", { isFrom: true });
    const agreed = { toAgent, toController: own.agree(sealing, "to-controller", { isFrom: false }) };
    words.set(own.id, agreed);
    return agreed;
  }

  #of(agent: AgentId, keys: AgentGrantKeys): Held {
    const known = this.#held.get(agent);
    if (known?.keys.signing === keys.signing && known.keys.sealing === keys.sealing) return known;
    const raw = (key: string): Uint8Array => Buffer.from(key, "base64url");
    const held = {
      ...{ keys, verifying: new VerifyingKey(raw(keys.signing)), sealing: new SealingPublicKey(raw(keys.sealing)) },
      words: new Map<string, { readonly toAgent: KeyObject; readonly toController: KeyObject }>(),
    };
    this.#held.set(agent, held);
    return held;
  }
}
