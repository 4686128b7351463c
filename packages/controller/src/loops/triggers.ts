import { LongarmError, type Clock, type GatheredEvents } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { KeyRing } from "@longarm/shared/seal";
import { isNamedBy } from "../decide/trigger/judge-event.ts";
import type { Revised } from "../ports/connection-store.ts";
import type { EventStore, TakenEvent } from "../ports/event-store.ts";
import type { TriggerTally } from "../ports/metrics.ts";
import type { RunService } from "../ports/run-service.ts";
import type { HasLeft } from "../ports/schedule-store.ts";
import type { Triggers } from "../ports/trigger-store.ts";
import { CompiledTriggers } from "../run/start/compiled-triggers.ts";
import { gatheredName, TriggerStarts } from "../run/start/start-by-trigger.ts";

/** What the loop of triggers stands on. */
export interface TriggersDeps {
  readonly events: Pick<EventStore, "take" | "get">;
  readonly triggers: Triggers;
  readonly runs: Pick<RunService, "submit">;
  readonly hasLeft: HasLeft;
  readonly tally: TriggerTally;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly logger: Logger;
}

const pauseAfterFaultMs = 500;
const longestPauseMs = 30_000;
// What another controller gathers is seen within this time.
const lookMs = 1_000;

function pauseMs(tries: number): number {
  return Math.min(longestPauseMs, pauseAfterFaultMs * 2 ** Math.min(tries - 1, 10));
}

/**
 * Starts what events start. Each event is handed out to one controller at a time, in the order of the store, and is settled when every run
 * of it is submitted; whoever dies before that leaves it to another one, which makes the same runs. Resolves when the signal is aborted and
 * nothing is under way any more.
 */
export async function runTriggers(deps: TriggersDeps, signal: AbortSignal): Promise<void> {
  await Promise.all([judgeEvents(deps, signal), startGathered(deps, signal)]);
}

async function judgeEvents(deps: TriggersDeps, signal: AbortSignal): Promise<void> {
  const { events, clock, logger, triggers, tally } = deps;
  const compiled = new CompiledTriggers(triggers.definitions, logger);
  const starts = new TriggerStarts(deps);
  const settle = async (taken: TakenEvent): Promise<void> => {
    try {
      for (const ready of await compiled.now())
        if (isNamedBy(ready.compiled, taken.event)) await starts.judged(ready, taken.event, taken.delivery);
      taken.settle();
      tally.judged(taken.event.source, clock.nowMs() - taken.event.receivedAtMs);
    } catch (reason) {
      const { message } = LongarmError.from(reason);
      logger.warn({ tries: taken.delivery, reason: message }, "An event could not start what it starts; trying again.");
      taken.release(pauseMs(taken.delivery));
    }
  };
  while (!signal.aborted) {
    try {
      for await (const taken of events.take(signal)) await settle(taken);
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "Events could not be taken; trying again.");
    }
    if (!signal.aborted) await clock.sleep(pauseAfterFaultMs, signal).catch(() => undefined);
  }
}

async function startGathered(deps: TriggersDeps, signal: AbortSignal): Promise<void> {
  const { clock, logger } = deps;
  const gathering = new Gathering(deps);
  while (!signal.aborted) {
    let sleepMs = lookMs;
    try {
      sleepMs = await gathering.look();
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "Gathered events could not be looked at; trying again.");
    }
    await clock.sleep(sleepMs, signal).catch(() => undefined);
  }
}

/** What waits for the end of its window; every controller looks, and the same run comes of it. */
class Gathering {
  readonly #deps: TriggersDeps;
  readonly #compiled: CompiledTriggers;
  readonly #starts: TriggerStarts;
  readonly #tries = new Map<string, { readonly count: number; readonly notBeforeMs: number }>();

  constructor(deps: TriggersDeps) {
    this.#deps = deps;
    this.#compiled = new CompiledTriggers(deps.triggers.definitions, deps.logger);
    this.#starts = new TriggerStarts(deps);
  }

  /** Starts what is due; how long until the next look. */
  async look(): Promise<number> {
    const { triggers, clock } = this.#deps;
    const all = await triggers.gathered.list();
    const nowMs = clock.nowMs();
    for (const one of all) if (one.value.dueMs <= nowMs && this.#isRipe(one, clock.monotonicMs())) await this.#fire(one);
    const soonestMs = Math.min(...all.filter(({ value }) => value.dueMs > nowMs).map(({ value }) => value.dueMs)) - clock.nowMs();
    return Math.max(1, Math.min(lookMs, soonestMs));
  }

  #isRipe({ sequence }: Revised<GatheredEvents>, nowMs: number): boolean {
    return (this.#tries.get(String(sequence))?.notBeforeMs ?? Number.NEGATIVE_INFINITY) <= nowMs;
  }

  async #fire(due: Revised<GatheredEvents>): Promise<void> {
    const { clock, logger } = this.#deps;
    const key = String(due.sequence);
    const count = (this.#tries.get(key)?.count ?? 0) + 1;
    try {
      await this.#start(due, count);
      this.#tries.delete(key);
    } catch (reason) {
      this.#tries.set(key, { count, notBeforeMs: clock.monotonicMs() + pauseMs(count) });
      const { message } = LongarmError.from(reason);
      logger.warn({ trigger: due.value.trigger, reason: message }, "Gathered events could not start their run; trying again.");
    }
  }

  async #start({ value, sequence }: Revised<GatheredEvents>, tries: number): Promise<void> {
    const { events } = this.#deps;
    const { trigger, last } = value;
    const ready = (await this.#compiled.now()).find(({ defined }) => defined.name === trigger);
    const event = ready && (await events.get(last.source, last.id));
    if (ready && event) await this.#starts.fired(ready, event, tries);
    await this.#remove(value, sequence);
  }

  /** An event that came meanwhile stays, and starts a run of its own at once: its window is over. */
  async #remove(value: GatheredEvents, sequence: number): Promise<void> {
    try {
      await this.#deps.triggers.gathered.remove(gatheredName(this.#deps.ring, value), sequence);
    } catch (reason) {
      if (LongarmError.from(reason).code !== "conflict") throw reason;
    }
  }
}
