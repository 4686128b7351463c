/*
 * Where a run's calls go.
 *
 *   local                                     the controller makes the call
 *   agent, stage 0 ─▶ an agent was chosen     place
 *      │ none                                 wait until the stage's time is up, then by `whenNone`:
 *      ├─ wait, fail                          fail with `no_agent_matches`
 *      ├─ local                               local
 *      └─ next                                stage 1, 2, … each with its own rule and time; after the last: fail
 *
 * How long a stage waits when none matches, and when agents match but none of them has a free slot ("busy"):
 *
 *   whenNone        none matches                 busy
 *   wait            waitForMs, else no limit     the same
 *   fail            not at all                   waitForMs, else no limit: the agents are there, a slot will be
 *   local           not at all                   waitForMs, else not at all: here is as good
 *   next            waitForMs, else not at all   the same; at the last stage a missing time is no limit
 */
import { LongarmError } from "@longarm/shared";
import { compileShortForm, joinSelectors, type SelectorShortForm } from "@longarm/shared/selector";
import type { FailedCondition } from "./place-reasons.ts";

export interface PlacementPreference {
  /** CEL. */
  readonly when: string;
  readonly weight: number;
}

/** What one stage asks of an agent. */
export interface PlacementStage {
  /** CEL; absent: any agent. */
  readonly require?: string;
  readonly prefer?: readonly PlacementPreference[];
  /** Milliseconds; absent: see the table at the head of this file. */
  readonly waitForMs?: number;
}

/** A connection's placement. */
export interface PlacementSource extends PlacementStage {
  readonly on: "local" | "agent" | "either";
  readonly whenNone: "wait" | "fail" | "local" | "next";
  readonly next?: readonly PlacementStage[];
}

/** Where a run's calls may go: decided once, followed call by call. */
export type PlacementPlan =
  | { readonly kind: "local" }
  | { readonly kind: "agent"; readonly stages: readonly PlacementStage[]; readonly whenNone: PlacementSource["whenNone"] };

function refuse(placement: PlacementSource, on: string): never {
  const message = `The connection's calls run on "${placement.on}", so a run may not ask for ${on}; \`on\` may only narrow it.`;
  throw new LongarmError("placement_not_allowed", message, { details: { placement: placement.on, on } });
}

function narrowed(stage: PlacementStage, selector: string | undefined): PlacementStage {
  const require = joinSelectors(stage.require, selector);
  return {
    ...(require !== undefined && { require }),
    ...(stage.prefer && { prefer: stage.prefer }),
    ...(stage.waitForMs !== undefined && { waitForMs: stage.waitForMs }),
  };
}

function agentPlan(placement: PlacementSource, selector: string | undefined): PlacementPlan {
  const stages = [placement, ...(placement.whenNone === "next" ? (placement.next ?? []) : [])];
  return { kind: "agent", stages: stages.map((stage) => narrowed(stage, selector)), whenNone: placement.whenNone };
}

/**
 * What a run's own `on` leaves of its connection's placement. `on` is absent, `local`, or a selector (CEL or a short form), which
 * is added to the requirement of every stage. Throws `placement_not_allowed` when it would widen the placement, and
 * `invalid_selector` when a selector does not parse. `whenNone: local` stays in force under a run's selector: it is the
 * connection's own permission.
 */
export function resolvePlacement(placement: PlacementSource, on?: string | SelectorShortForm): PlacementPlan {
  if (on === undefined) return placement.on === "agent" ? agentPlan(placement, undefined) : { kind: "local" };
  if (on === "local") return placement.on === "agent" ? refuse(placement, "local") : { kind: "local" };
  if (on === "agent" || on === "either") refuse(placement, `"${on}"; name agents by a selector, any agent by \`true\``);
  if (placement.on === "local") refuse(placement, "an agent");
  return agentPlan(placement, compileShortForm(on));
}

/** What a choice among agents came to. */
export type PlacementChoice<Agent> =
  | { readonly kind: "chosen"; readonly agent: Agent; readonly why: string }
  | { readonly kind: "none"; readonly sentence: string; readonly failed: readonly FailedCondition[]; readonly busy: boolean };

/**
 * `place`: on this agent. `local`: here. `wait`: ask again when something has changed, and at the latest when the stage has
 * waited `untilMs` (null: no limit). `next`: ask again at once with the rule of that stage, whose wait begins at 0.
 */
export type PlacementStep<Agent> =
  | { readonly kind: "local" }
  | { readonly kind: "place"; readonly agent: Agent; readonly why: string }
  | { readonly kind: "wait"; readonly untilMs: number | null; readonly reasons: readonly string[] }
  | { readonly kind: "next"; readonly stage: number }
  | { readonly kind: "fail"; readonly error: LongarmError };

/** Where a run stands: the stage, how long it has waited there, and what the last choice by that stage's rule came to. */
export interface PlacementPosition<Agent> {
  readonly stage: number;
  readonly waitedMs: number;
  readonly choice: PlacementChoice<Agent>;
}

/** How long this stage waits in all; null: no limit. */
function patienceMs(plan: PlacementPlan & { kind: "agent" }, stage: number, busy: boolean): number | null {
  const given = plan.stages[stage]?.waitForMs;
  const isLast = stage === plan.stages.length - 1;
  switch (plan.whenNone) {
    case "wait":
      return given ?? null;
    case "fail":
      return busy ? (given ?? null) : 0;
    case "local":
      return busy ? (given ?? 0) : 0;
    case "next":
      return given ?? (busy && isLast ? null : 0);
  }
}

/** What to do now. Pure: the same plan and position give the same step. */
export function nextPlacementStep<Agent>(plan: PlacementPlan, position: PlacementPosition<Agent>): PlacementStep<Agent> {
  if (plan.kind === "local") return { kind: "local" };
  const { stage, waitedMs, choice } = position;
  if (choice.kind === "chosen") return { kind: "place", agent: choice.agent, why: choice.why };
  const untilMs = patienceMs(plan, stage, choice.busy);
  if (untilMs === null || waitedMs < untilMs) return { kind: "wait", untilMs, reasons: [choice.sentence] };
  if (plan.whenNone === "local") return { kind: "local" };
  if (plan.whenNone === "next" && stage + 1 < plan.stages.length) return { kind: "next", stage: stage + 1 };
  const message = `No agent can take the call${waitedMs > 0 ? ` after a wait of ${Math.round(waitedMs)} ms` : ""}: ${choice.sentence}.`;
  const details = { failed: choice.failed, busy: choice.busy, stage };
  return { kind: "fail", error: new LongarmError("no_agent_matches", message, { details, retryable: choice.busy }) };
}
