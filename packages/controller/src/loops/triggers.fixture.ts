import { LongarmError, newId, type RunId, type StoredEvent } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { triggersInMemory } from "../../../../test/support/triggers.ts";
import { MemoryEventStore } from "../memory/memory-event-store.ts";
import type { TriggerTally } from "../ports/metrics.ts";
import type { RunRequest, RunView } from "../ports/run-service.ts";
import type { DefinedTrigger, Triggers } from "../ports/trigger-store.ts";
import { runTriggers } from "./triggers.ts";

/** Runs that are as many as their origins and keys are. */
class RunsByKey {
  readonly made: RunRequest[] = [];
  readonly #known = new Map<string, { readonly id: RunId; readonly input: string }>();
  /** Thrown in place of a submission, before it is made or after. */
  fault: { readonly error: LongarmError; readonly after?: boolean } | undefined;

  /** How often somebody tried. */
  tries = 0;

  async submit(request: RunRequest): Promise<{ run: RunView; created: boolean }> {
    this.tries += 1;
    if (this.fault && !this.fault.after) throw this.fault.error;
    const key = JSON.stringify([request.origin, request.idempotencyKey]);
    const before = this.#known.get(key);
    const input = JSON.stringify(request.input);
    if (before && before.input !== input) throw new LongarmError("idempotency_conflict", undefined, { details: { runId: before.id } });
    const { id } = before ?? { id: newId("run") };
    if (!before) this.made.push(request);
    this.#known.set(key, { id, input });
    if (this.fault) throw this.fault.error;
    return { run: { id } as RunView, created: !before };
  }
}

export interface TriggerWorld {
  readonly clock: ManualClock;
  readonly runs: RunsByKey;
  readonly events: MemoryEventStore;
  readonly triggers: Triggers;
  /** Principals whose last key was revoked. */
  readonly left: Set<string>;
  /** What was counted: the source of each event that was judged, behind what came of it for each trigger. */
  readonly counted: readonly string[];
  define(change?: Partial<DefinedTrigger>): Promise<void>;
  post(change?: Partial<StoredEvent>): Promise<void>;
  /** One more controller; the function is its end. */
  start(): () => Promise<void>;
  /** What came of an event, once it is told. */
  outcomes(id: string): Promise<readonly string[]>;
}

function greetingOf(change: Partial<DefinedTrigger>): DefinedTrigger {
  return {
    ...{ name: "greet", on: { source: "event", type: "user.created" }, flow: "okta.flow.greet", connection: "acme" },
    ...{ input: { user: "event.subject" }, state: "enabled", lane: "standard", principal: "ada", behind: ["ada"] },
    ...{ connections: ["acme"], sinceSequence: 0, ...change },
  };
}

/** Events, triggers and runs in memory, and controllers over them. */
export async function withTriggers(body: (world: TriggerWorld) => Promise<void>): Promise<void> {
  const clock = new ManualClock();
  const [runs, events, triggers, ring] = [new RunsByKey(), new MemoryEventStore(), triggersInMemory(clock), createKeyRing()];
  const ends: (() => Promise<void>)[] = [];
  const left = new Set<string>();
  const counted: string[] = [];
  const tally: TriggerTally = {
    judged: (source) => counted.push(source),
    noted: (trigger, outcome) => counted.push(`${trigger} ${outcome}`),
  };
  const world: TriggerWorld = {
    ...{ clock, runs, events, triggers, left, counted },
    async define(change = {}) {
      const trigger = greetingOf(change);
      await triggers.definitions.put(trigger.name, trigger);
    },
    async post(change = {}) {
      const event = { id: "hr-1", source: "event", type: "user.created", subject: "ada", data: {}, depth: 0, isEcho: false } as const;
      await events.store({ ...event, receivedAtMs: clock.nowMs(), behind: ["hr"], ...change });
    },
    start() {
      const stopping = new AbortController();
      const deps = { events, triggers, runs, ring, hasLeft: async (principal: string) => left.has(principal), tally };
      const loop = runTriggers({ ...deps, clock, logger: silentLogger }, stopping.signal);
      const end = async (): Promise<void> => {
        stopping.abort();
        await loop;
      };
      ends.push(end);
      return end;
    },
    async outcomes(id) {
      for (;;) {
        const found = await triggers.outcomes.of("event", id);
        if (found.length > 0) return found.map(({ trigger, kind }) => `${trigger} ${kind}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
  try {
    await body(world);
  } finally {
    for (const end of ends) await end();
  }
}
