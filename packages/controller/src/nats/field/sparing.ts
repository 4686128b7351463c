import type { AgentId, Clock } from "@longarm/shared";

const everyMs = 10_000;

/** Tells whether something about an agent is to be logged: an agent that brings it about again and again is told of once in ten seconds. */
export class Sparing {
  readonly #clock: Clock;
  readonly #toldAtMs = new Map<AgentId, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isDue(agent: AgentId): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - (this.#toldAtMs.get(agent) ?? -Infinity) < everyMs) return false;
    this.#toldAtMs.set(agent, nowMs);
    return true;
  }
}
