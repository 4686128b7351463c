import { LongarmError, type Clock, type EventOutcome, type GatheredEvents, type StoredEvent } from "@longarm/shared";
import { fingerprint, type KeyRing } from "@longarm/shared/seal";
import { gather } from "../../decide/trigger/gather.ts";
import { judgeEvent, type EventVerdict, type StartedRun } from "../../decide/trigger/judge-event.ts";
import type { TriggerTally } from "../../ports/metrics.ts";
import type { RunService } from "../../ports/run-service.ts";
import type { HasLeft } from "../../ports/schedule-store.ts";
import type { Triggers } from "../../ports/trigger-store.ts";
import type { ReadyTrigger } from "./compiled-triggers.ts";
import { isRefused } from "./schedule-run.ts";
import { requestOf } from "./trigger-run.ts";

interface Deps {
  readonly triggers: Triggers;
  readonly runs: Pick<RunService, "submit">;
  readonly hasLeft: HasLeft;
  readonly tally: Pick<TriggerTally, "noted">;
  readonly ring: KeyRing;
  readonly clock: Clock;
}

type Outcome = DistributiveOmit<EventOutcome, "trigger" | "connection" | "atMs">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

// What neither the store nor the broker is to blame for does not keep all later events waiting for ever.
const mostTries = 8;
const outages: ReadonlySet<string> = new Set(["broker_unavailable", "storage_full"]);
const bytes = new TextEncoder();

/**
 * Does what a trigger makes of an event, and notes it. All of it may be done again, by anybody: the run is the same, and what is gathered
 * stays so. Throws what will pass.
 */
export class TriggerStarts {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** `tries`: which time this is, from 1. */
  async judged(ready: ReadyTrigger, event: StoredEvent, tries: number): Promise<void> {
    const verdict = judgeEvent(ready.compiled, event);
    if (verdict.kind === "other_event") return;
    const { debounce } = verdict.kind === "starts" ? verdict.run : {};
    await this.#note(
      ready,
      event,
      debounce ? await this.#gathered(ready, event, debounce) : await this.#outcomeOf(ready, { event, verdict, tries }),
    );
  }

  /** The same at the end of the window in which it was gathered. */
  async fired(ready: ReadyTrigger, event: StoredEvent, tries: number): Promise<void> {
    const verdict = judgeEvent(ready.compiled, event);
    if (verdict.kind !== "other_event") await this.#note(ready, event, await this.#outcomeOf(ready, { event, verdict, tries }));
  }

  async #outcomeOf(
    ready: ReadyTrigger,
    of: { readonly event: StoredEvent; readonly verdict: Exclude<EventVerdict, { kind: "other_event" }>; readonly tries: number },
  ): Promise<Outcome> {
    const { verdict } = of;
    if (verdict.kind === "starts") return this.#submitted(ready, verdict.run, of);
    return verdict.kind === "draft" ? { kind: "draft" } : verdict;
  }

  async #submitted(
    { defined }: ReadyTrigger,
    run: StartedRun,
    { event, tries }: { readonly event: StoredEvent; readonly tries: number },
  ): Promise<Outcome> {
    const { name, principal } = defined;
    if (await this.#deps.hasLeft(principal)) {
      const problem = `Nothing is submitted in the name of "${principal}", whose last API key was revoked; have somebody else run \`longarm triggers enable ${name}\`.`;
      return { kind: "refused", code: "not_allowed", problem };
    }
    try {
      const { run: made } = await this.#deps.runs.submit(requestOf(defined, run, event));
      return { kind: "started", runId: made.id };
    } catch (reason) {
      const error = LongarmError.from(reason);
      const { runId } = error.details;
      // The trigger was changed since it made the run of this event.
      if (error.code === "idempotency_conflict" && typeof runId === "string") return { kind: "started", runId };
      const isLasting = isRefused(error) || (tries >= mostTries && !outages.has(error.code));
      if (!isLasting) throw error;
      return { kind: "refused", code: error.code, problem: error.message };
    }
  }

  /** Stores that it waits, as the last of its key, until the window is over. */
  async #gathered({ defined }: ReadyTrigger, event: StoredEvent, { key, windowMs }: NonNullable<StartedRun["debounce"]>): Promise<Outcome> {
    const { triggers, clock, ring } = this.#deps;
    const place = gatheredName(ring, { trigger: defined.name, key });
    for (;;) {
      const before = await triggers.gathered.get(place);
      const gathered = gather(before?.value, event, { trigger: defined.name, key, windowMs, nowMs: clock.nowMs() });
      try {
        await triggers.gathered.put(place, gathered, before?.sequence ?? 0);
        return { kind: "gathered", untilMs: gathered.dueMs };
      } catch (reason) {
        if (LongarmError.from(reason).code !== "conflict") throw reason;
      }
    }
  }

  async #note({ defined: { name, connection } }: ReadyTrigger, event: StoredEvent, outcome: Outcome): Promise<void> {
    const { triggers, clock, tally } = this.#deps;
    const atMs = clock.nowMs();
    await triggers.outcomes.note(event, { trigger: name, connection, atMs, ...outcome });
    tally.noted(name, outcome.kind);
    const problem = problemOf(outcome);
    if (problem !== undefined) await this.#noteFault(name, event, { atMs, problem });
  }

  async #noteFault(trigger: string, { source, id }: StoredEvent, at: { readonly atMs: number; readonly problem: string }): Promise<void> {
    const { states } = this.#deps.triggers;
    for (;;) {
      const before = await states.get(trigger);
      const faults = (before?.value.faults ?? 0) + 1;
      try {
        await states.put(trigger, { trigger, faults, last: { source, id, ...at } }, before?.sequence ?? 0);
        return;
      } catch (reason) {
        if (LongarmError.from(reason).code !== "conflict") throw reason;
      }
    }
  }
}

/** Where what is gathered of a trigger and a key stands. The broker cannot tell the key. */
export function gatheredName(ring: KeyRing, { trigger, key }: Pick<GatheredEvents, "trigger" | "key">): string {
  return Buffer.from(fingerprint(ring, "run-id", bytes.encode(JSON.stringify(["gathered", trigger, key])))).toString("base64url");
}

function problemOf(outcome: Outcome): string | undefined {
  if (outcome.kind === "refused") return outcome.problem;
  // That a member is absent is what filters ask for; that types do not fit each other is a slip of whoever wrote it.
  if (outcome.kind === "filter") return outcome.problem?.startsWith("no such overload") ? `/on/filter: ${outcome.problem}` : undefined;
  return outcome.kind === "no_input" ? `${outcome.pointer}: ${outcome.problem}` : undefined;
}
