import { collectDefaultMetrics, Registry } from "prom-client";
import type { Metrics } from "../ports/metrics.ts";
import { BudgetGauges } from "./budget-gauges.ts";
import { type GaugeSources, createGauges } from "./gauges.ts";
import type { HookCounters } from "./hook-counters.ts";
import type { RunCounters } from "./run-counters.ts";
import type { TriggerCounters } from "./trigger-counters.ts";

/** What this controller counts as it works. */
export interface Counters {
  readonly runs: RunCounters;
  readonly hooks: HookCounters;
  readonly triggers: TriggerCounters;
}

/** What one controller measures. Labels hold names that administrators gave, and nothing of what runs carry. */
export class ControllerMetrics implements Metrics {
  readonly #gauges = new Registry();
  readonly #budgets: BudgetGauges;
  readonly #counters: Counters;

  constructor({ counters, ...sources }: GaugeSources & { readonly counters: Counters }) {
    this.#counters = counters;
    this.#budgets = new BudgetGauges(this.#gauges, sources);
    collectDefaultMetrics({ register: this.#gauges });
    for (const gauge of createGauges(sources)) this.#gauges.registerMetric(gauge);
  }

  get contentType(): string {
    return this.#gauges.contentType;
  }

  async render(): Promise<string> {
    await this.#budgets.look();
    const { runs, hooks, triggers } = this.#counters;
    const all = [runs.registry, hooks.registry, triggers.registry, this.#gauges];
    return (await Promise.all(all.map((registry) => registry.metrics()))).join("\n");
  }
}
