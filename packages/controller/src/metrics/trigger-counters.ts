import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { EventOutcome } from "@longarm/shared";
import type { TriggerTally } from "../ports/metrics.ts";

const secondsOfWaits = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Counts what this controller has judged of the events since it started, and what came of it; and how many wait, when somebody looks. */
export class TriggerCounters implements TriggerTally {
  readonly registry = new Registry();
  readonly #outcomes: Counter<"trigger" | "outcome">;
  readonly #judged: Histogram<"source">;

  /** `countWaiting` may reject while the broker is away: then nothing is told. */
  constructor(countWaiting: () => Promise<number>) {
    const registers = [this.registry];
    this.#outcomes = new Counter({
      name: "longarm_trigger_outcomes_total",
      help: "What this controller made of events for triggers that name them; refused and no_input are faults.",
      labelNames: ["trigger", "outcome"],
      registers,
    });
    this.#judged = new Histogram({
      name: "longarm_event_wait_seconds",
      help: "From an event's receipt until this controller had submitted all that it starts.",
      labelNames: ["source"],
      buckets: secondsOfWaits,
      registers,
    });
    const waiting = new Gauge({
      name: "longarm_events_waiting",
      help: "Events of the whole installation that are not judged yet; each controller tells of all.",
      registers: [],
      async collect() {
        const count = await countWaiting().catch(() => undefined);
        if (count === undefined) this.remove();
        else this.set(count);
      },
    });
    this.registry.registerMetric(waiting);
  }

  judged(source: Parameters<TriggerTally["judged"]>[0], waitedMs: number): void {
    this.#judged.observe({ source }, Math.max(0, waitedMs) / 1_000);
  }

  noted(trigger: string, outcome: EventOutcome["kind"]): void {
    this.#outcomes.inc({ trigger, outcome });
  }
}
