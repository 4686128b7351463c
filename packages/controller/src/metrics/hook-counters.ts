import type { HookCounts } from "@longarm/shared";
import { Counter, Registry } from "prom-client";
import type { HookMeter } from "../ports/hook-door.ts";

const deliveryResults = { deliveries: "taken", refused: "refused" } as const;
const eventSources = { events: "delivered", duplicates: "duplicate", missed: "missed" } as const;

/** Counts what this controller was sent by hooks since it started, and what it found that never came. */
export class HookCounters implements HookMeter {
  readonly registry = new Registry();
  readonly #deliveries: Counter<"connection" | "result">;
  readonly #events: Counter<"connection" | "how">;

  constructor() {
    const registers = [this.registry];
    this.#deliveries = new Counter({
      name: "longarm_hook_deliveries_total",
      help: "Deliveries that this controller took, all their events stored, or refused.",
      labelNames: ["connection", "result"],
      registers,
    });
    this.#events = new Counter({
      name: "longarm_hook_events_total",
      help: "Events of hooks: delivered, duplicate (stored before), or missed (never delivered, found in the org's log).",
      labelNames: ["connection", "how"],
      registers,
    });
  }

  count(connection: string, counts: Partial<HookCounts>): void {
    for (const [name, result] of Object.entries(deliveryResults))
      this.#deliveries.inc({ connection, result }, counts[name as keyof HookCounts] ?? 0);
    for (const [name, how] of Object.entries(eventSources)) this.#events.inc({ connection, how }, counts[name as keyof HookCounts] ?? 0);
  }
}
