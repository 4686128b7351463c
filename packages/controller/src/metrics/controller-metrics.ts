import { collectDefaultMetrics, Registry } from "prom-client";
import type { Metrics } from "../ports/metrics.ts";
import { BudgetGauges } from "./budget-gauges.ts";
import { type GaugeSources, createGauges } from "./gauges.ts";
import type { HookCounters } from "./hook-counters.ts";
import type { RunCounters } from "./run-counters.ts";

/** What one controller measures. Labels hold names that administrators gave, and nothing of what runs carry. */
export class ControllerMetrics implements Metrics {
  readonly #gauges = new Registry();
  readonly #budgets: BudgetGauges;
  readonly #counters: RunCounters;
  readonly #hooks: HookCounters;

  constructor({ counters, hooks, ...sources }: GaugeSources & { readonly counters: RunCounters; readonly hooks: HookCounters }) {
    this.#counters = counters;
    this.#hooks = hooks;
    this.#budgets = new BudgetGauges(this.#gauges, sources);
    collectDefaultMetrics({ register: this.#gauges });
    for (const gauge of createGauges(sources)) this.#gauges.registerMetric(gauge);
  }

  get contentType(): string {
    return this.#gauges.contentType;
  }

  async render(): Promise<string> {
    await this.#budgets.look();
    return `${await this.#counters.registry.metrics()}\n${await this.#hooks.registry.metrics()}\n${await this.#gauges.metrics()}`;
  }
}
