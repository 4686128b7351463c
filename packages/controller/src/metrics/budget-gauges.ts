import { lanes } from "@longarm/shared";
import { Gauge, type Registry } from "prom-client";
import { budgetTermsOf } from "../decide/budget/terms.ts";
import type { Budgets, BudgetView } from "../ports/budgets.ts";
import type { ConnectionStore } from "../ports/connection-store.ts";

/** Where the gauges of budgets look. */
export interface BudgetSources {
  readonly connections: Pick<ConnectionStore, "list">;
  readonly budgets: Pick<Budgets, "view">;
}

/** The gauges of every connection's budget. */
export class BudgetGauges {
  readonly #sources: BudgetSources;
  readonly #places: Gauge<"connection" | "kind">;
  readonly #requests: Gauge<"connection" | "bucket" | "kind">;
  readonly #seconds: Gauge<"connection" | "bucket" | "kind">;
  readonly #waiting: Gauge<"connection" | "bucket" | "lane">;

  constructor(registry: Registry, sources: BudgetSources) {
    this.#sources = sources;
    const registers = [registry];
    this.#places = new Gauge({
      name: "longarm_budget_places",
      help: "Requests that may be open at a connection's target at once, and how many are.",
      labelNames: ["connection", "kind"],
      registers,
    });
    this.#requests = new Gauge({
      name: "longarm_budget_requests",
      help: "Of a bucket's window: the limit, what is left of it, the share that runs may use, what is under way.",
      labelNames: ["connection", "bucket", "kind"],
      registers,
    });
    this.#seconds = new Gauge({
      name: "longarm_budget_seconds",
      help: "Until a bucket's window ends (reset), and until it may be asked again after a refusal (paused).",
      labelNames: ["connection", "bucket", "kind"],
      registers,
    });
    this.#waiting = new Gauge({
      name: "longarm_budget_waiting",
      help: "Requests that wait for a bucket, by lane.",
      labelNames: ["connection", "bucket", "lane"],
      registers,
    });
  }

  /** Looks at every budget once for all of its gauges; while the broker does not say which connections there are, there are none. */
  async look(): Promise<void> {
    const found = await this.#sources.connections.list().catch(() => []);
    for (const gauge of [this.#places, this.#requests, this.#seconds, this.#waiting]) gauge.reset();
    for (const { value } of found) {
      const { name, baseUrl, budget } = value;
      this.#set(name, this.#sources.budgets.view({ baseUrl, terms: budgetTermsOf(budget) }));
    }
  }

  #set(connection: string, { places, buckets }: BudgetView): void {
    this.#places.set({ connection, kind: "limit" }, places.limit);
    this.#places.set({ connection, kind: "open" }, places.open);
    for (const { bucket, limit, remaining, share, pending, resetInMs, pausedForMs, waiting } of buckets) {
      const at = { connection, bucket };
      for (const [kind, count] of Object.entries({ limit, remaining, share, pending }))
        if (count !== null) this.#requests.set({ ...at, kind }, count);
      for (const [kind, ms] of Object.entries({ reset: resetInMs, paused: pausedForMs ?? 0 }))
        if (ms !== null) this.#seconds.set({ ...at, kind }, ms / 1_000);
      for (const lane of lanes) this.#waiting.set({ ...at, lane }, waiting[lane]);
    }
  }
}
