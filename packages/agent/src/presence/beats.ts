import { isDeepStrictEqual } from "node:util";
import { type AgentId, type Clock, field } from "@longarm/shared";
import { type BeatState, encodeBeat, type HeldPolicy, type JournalState, type StableFacts } from "@longarm/shared/wire";
import type { FieldLink } from "../link.ts";

/** What a beat tells. */
export interface BeatsDeps {
  readonly link: FieldLink;
  readonly identity: { readonly id: AgentId; readonly bootId: string };
  readonly slots: number;
  readonly freeSlots: () => number;
  readonly facts: () => StableFacts;
  readonly journal: { readonly id: string; readonly state: JournalState };
  readonly policy: { readonly state: HeldPolicy };
  readonly meter: { cpuShare(): number; loopLagMs(): number };
  readonly clock: Clock;
}

const beatMs = 1_000;
// A beat may be lost, so the facts are told now and then even when they did not change; reading them costs a system call or two.
const factsEvery = 10;

/** Tells the controllers each second that the agent is there, and at once when its state changes. */
export class Beats {
  readonly #deps: BeatsDeps;
  #seq = 0;
  #state: BeatState = "up";
  #facts: StableFacts | undefined;

  constructor(deps: BeatsDeps) {
    this.#deps = deps;
    deps.link.onReconnect(() => this.beat());
  }

  /** Are no new calls taken? */
  get isLeaving(): boolean {
    return this.#state !== "up";
  }

  /** Beats until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.beat();
      await this.#deps.clock.sleep(beatMs, signal).catch(() => undefined);
    }
  }

  /** Beats at once in the new state. */
  become(state: BeatState): void {
    this.#state = state;
    this.beat();
  }

  beat(): void {
    const { link, identity, slots, meter } = this.#deps;
    const free = this.#deps.freeSlots();
    const load = Math.max(meter.cpuShare(), (slots - free) / slots);
    const common = {
      bootId: identity.bootId,
      seq: this.#seq,
      slots: { total: slots, free },
      load,
      loopLagMs: meter.loopLagMs(),
      reach: {},
      policy: this.#deps.policy.state,
      journal: { id: this.#deps.journal.id, state: this.#deps.journal.state },
    };
    link.publish(field.beat(identity.id), encodeBeat({ ...common, state: this.#state, openCalls: slots - free, ...this.#changedFacts() }));
    this.#seq += 1;
  }

  #changedFacts(): { facts?: StableFacts } {
    if (this.#seq % factsEvery !== 0) return {};
    const facts = this.#deps.facts();
    const changed = !isDeepStrictEqual(facts, this.#facts) || this.#seq % (6 * factsEvery) === 0;
    this.#facts = facts;
    return changed ? { facts } : {};
  }
}
