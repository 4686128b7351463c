import type { ExecutorChoice } from "@longarm/shared";
import type { RestExecutor } from "@longarm/shared/rest";
import { nextPlacementStep, type PlacementPlan, type PlacementStage } from "../../decide/place.ts";
import { planPlacement } from "../../decide/place-reference.ts";
import { targetOf } from "../../decide/place-target.ts";
import { waitRecord } from "../../decide/wait-record.ts";
import type { AgentView } from "../../ports/agent-directory.ts";
import { abortReason } from "../wait/abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import type { Denials } from "../call/denials.ts";
import { localExecutor } from "../call/local-executor.ts";
import { park } from "../wait/park.ts";
import { patiently } from "../wait/patiently.ts";
import { referenceOf } from "../call/request.ts";
import { storedAt } from "../wait/stored-at.ts";

/** Where a call goes. `release` gives back the agent's slot. */
export interface PlacedCall {
  readonly executor: RestExecutor;
  readonly choice: ExecutorChoice;
  release(): void;
}

/** A call that needs a place. */
export interface PlaceAsked {
  readonly ordinal: number;
  readonly seed: string;
  readonly isChanging: boolean;
  /** What sites have said to it so far. */
  readonly denials: Denials;
  /** Told before it waits for an agent. */
  readonly onWait?: () => void;
}

/** Finds the place for a call, waiting as the connection says. Throws `no_agent_matches`, or the reason the run was ended for. */
export async function placeCall(carriage: Carriage, asked: PlaceAsked): Promise<PlacedCall> {
  const { deps, connection, submission, signal } = carriage;
  const isPlain = connection.credential === undefined;
  const reference = isPlain ? undefined : await patiently({ clock: deps.clock, signal }, () => referenceOf(deps, connection));
  const plan = planPlacement(connection.placement, { on: submission.narrowedTo ?? undefined, reference });
  return plan.kind === "local" ? locally(carriage, "placed locally by its connection or run") : onSomeAgent(carriage, plan, asked);
}

async function onSomeAgent(carriage: Carriage, plan: PlacementPlan & { kind: "agent" }, asked: PlaceAsked): Promise<PlacedCall> {
  const { clock } = carriage.deps;
  const resumed = carriage.known.parked?.ordinal === asked.ordinal ? carriage.known.parked : undefined;
  let stage = resumed?.stage ?? 0;
  let sinceMs = resumed?.sinceMs ?? clock.nowMs();
  let beganMs = (resumed && isBounded(plan) ? await storedAt(carriage, waitRecord) : undefined) ?? clock.monotonicMs();
  for (;;) {
    if (carriage.signal.aborted) throw abortReason(carriage.signal);
    const rule = plan.stages[stage] ?? {};
    const { seed, isChanging, denials } = asked;
    const denying = denials.agents;
    const choose = () => carriage.deps.selection.choose(rule, { connection: carriage.connection, seed, isChanging, denying });
    const choice = choose();
    // Neither waiting nor another way than through an agent may get round what the sites have said.
    if (denials.last && choice.kind === "none" && !choice.busy) {
      stage += 1;
      if (stage >= plan.stages.length) throw denials.last;
      continue;
    }
    const waitedMs = clock.monotonicMs() - beganMs;
    const step = nextPlacementStep(plan, { stage, waitedMs, choice });
    switch (step.kind) {
      case "place":
        return onAgent(carriage, rule, { agent: step.agent, why: step.why });
      case "local":
        return locally(carriage, "no agent matched, and the connection then allows local calls");
      case "fail":
        throw step.error;
      case "next":
        [stage, sinceMs, beganMs] = [step.stage, clock.nowMs(), clock.monotonicMs()];
        break;
      case "wait": {
        const forMs = step.untilMs === null ? null : Math.max(0, step.untilMs - waitedMs);
        const reason = choice.kind === "none" && choice.busy ? "agents_busy" : "no_agent_matches";
        const fits = (): boolean => choose().kind === "chosen";
        const group = JSON.stringify([carriage.connection.name, carriage.connection.baseUrl, rule, isChanging, [...denying]]);
        asked.onWait?.();
        await park(carriage, {
          group,
          reason,
          sentence: `${step.reasons.join("; ")}.`,
          sinceMs,
          forMs,
          ordinal: asked.ordinal,
          stage,
          fits,
        });
      }
    }
  }
}

/** Does it matter for how long a run has waited? Where it does not, nobody is asked. */
function isBounded({ stages }: PlacementPlan & { kind: "agent" }): boolean {
  return stages.some(({ waitForMs }) => waitForMs !== undefined);
}

function locally(carriage: Carriage, why: string): PlacedCall {
  return { executor: localExecutor(carriage.deps.local, carriage.connection), choice: { kind: "local", why }, release: () => undefined };
}

function onAgent(carriage: Carriage, rule: PlacementStage, chosen: { readonly agent: AgentView; readonly why: string }): PlacedCall {
  const { directory, selection } = carriage.deps;
  const { agent, why } = chosen;
  const { name, baseUrl } = carriage.connection;
  const check = { connection: name, target: targetOf(baseUrl), ...(rule.require !== undefined && { selector: rule.require }) };
  return {
    executor: directory.executor(agent.id, check),
    choice: { kind: "agent", agentId: agent.id, agentName: agent.name, why },
    release: selection.take(agent.id),
  };
}
