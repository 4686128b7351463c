import { setTimeout as pause } from "node:timers/promises";
import type { Fleet } from "../processes/fleet.ts";
import type { History } from "../report/history.ts";
import { inflict, type InflictedFault } from "./inflict.ts";
import type { PlannedFault } from "./schedule.ts";

/** What is struck, where it is written down, and what is to be done while a fault lasts. */
export interface StrikesOptions {
  readonly fleet: Fleet;
  readonly history: History;
  readonly during?: (planned: PlannedFault) => Promise<void>;
}

/** Inflicts schedules of faults, each fault at its time, and knows who suffers. */
export class Strikes {
  readonly #options: StrikesOptions;
  readonly #struck = new Set<string>();

  constructor(options: StrikesOptions) {
    this.#options = options;
  }

  /** Does this target suffer now? */
  isStruck(target: string): boolean {
    return this.#struck.has(target);
  }

  /** Resolves when all are healed. Rejects once the signal is aborted; faults that last are healed at once then. */
  async inflictAll(faults: readonly PlannedFault[], startMs: number, signal: AbortSignal): Promise<readonly InflictedFault[]> {
    return Promise.all(
      faults.map(async (planned) => {
        await pause(Math.max(0, planned.atMs - (performance.now() - startMs)), undefined, { signal });
        return this.#struck.has(planned.target) ? this.#skip(planned) : this.#strike(planned, signal);
      }),
    );
  }

  /** As `inflictAll`, but the signal ends the schedule well: it resolves with what was inflicted by then, all of it healed. */
  async inflictUntil(faults: readonly PlannedFault[], signal: AbortSignal): Promise<readonly InflictedFault[]> {
    const startMs = performance.now();
    const each = faults.map((planned) => this.inflictAll([planned], startMs, signal).catch(ignoreIf(signal)));
    return (await Promise.all(each)).flat();
  }

  async #strike(planned: PlannedFault, signal: AbortSignal): Promise<InflictedFault> {
    const { fleet, history, during } = this.#options;
    this.#struck.add(planned.target);
    history.event("fault", planned);
    const watching = during?.(planned);
    const inflicted = await inflict(fleet, planned, signal);
    await watching;
    this.#struck.delete(planned.target);
    history.event("healed", inflicted);
    return inflicted;
  }

  /** Its target takes longer than planned to come back from the fault before. */
  #skip(planned: PlannedFault): InflictedFault {
    const nowMs = Date.now();
    this.#options.history.event("skipped", planned);
    return { ...planned, fromMs: nowMs, untilMs: nowMs, met: null, trouble: "its target still suffered from another fault" };
  }
}

function ignoreIf(signal: AbortSignal): (reason: unknown) => readonly InflictedFault[] {
  return (reason) => {
    if (!signal.aborted) throw reason;
    return [];
  };
}
