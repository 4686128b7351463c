import { type AgentId, type Clock, field, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { type AgentRights, encodeRenewal } from "@longarm/shared/wire";

/** What renewing takes. */
export interface RenewalsDeps {
  /** Fresh rights, or undefined for one that is to have none. */
  readonly rights: (agent: AgentId) => Promise<AgentRights | undefined>;
  /** Those that can hear. */
  readonly up: () => readonly AgentId[];
  readonly publish: (subject: string, payload: Uint8Array) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random?: () => number;
  /** Default: half of what rights last. */
  readonly everyMs?: number;
}

/** An agent's right to work ends an hour after its making; with half of that gone it gets the next one. */
export const renewEveryMs = 30 * 60_000;

/**
 * Pushes agents their next rights before the present ones end. Every controller does; an agent takes whichever comes. One that this
 * controller meets for the first time may have been let in long ago, so that its turn comes within half of the time, spread by chance.
 */
export class Renewals {
  readonly #deps: RenewalsDeps;
  readonly #random: () => number;
  readonly #everyMs: number;
  readonly #dueAtMs = new Map<AgentId, number>();

  constructor(deps: RenewalsDeps) {
    this.#deps = deps;
    this.#random = deps.random ?? Math.random;
    this.#everyMs = deps.everyMs ?? renewEveryMs;
  }

  /** Renews those whose turn it is. Call it every second or so. */
  async renewDue(): Promise<void> {
    const { up, clock } = this.#deps;
    const nowMs = clock.monotonicMs();
    const agents = new Set(up());
    for (const known of this.#dueAtMs.keys()) if (!agents.has(known)) this.#dueAtMs.delete(known);
    for (const agent of agents) {
      const dueAtMs = this.#dueAtMs.get(agent);
      if (dueAtMs === undefined) this.#dueAtMs.set(agent, nowMs + (this.#random() * this.#everyMs) / 2);
      else if (dueAtMs <= nowMs) await this.#renew(agent, nowMs);
    }
  }

  async #renew(agent: AgentId, nowMs: number): Promise<void> {
    const { rights, publish, logger } = this.#deps;
    this.#dueAtMs.set(agent, nowMs + this.#everyMs);
    try {
      const next = await rights(agent);
      if (next) publish(field.jwt(agent), encodeRenewal(next));
    } catch (reason) {
      const { code, message } = LongarmError.from(reason);
      logger.warn({ agent, code, reason: message }, "an agent's rights could not be renewed");
    }
  }
}
