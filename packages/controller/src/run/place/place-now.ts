import { LongarmError, newId, type ExecutorChoice } from "@longarm/shared";
import type { RestExecutor } from "@longarm/shared/rest";
import { nextPlacementStep } from "../../decide/place.ts";
import { planPlacement } from "../../decide/place-reference.ts";
import { targetOf } from "../../decide/place-target.ts";
import type { AgentDirectory } from "../../ports/agent-directory.ts";
import type { Budgets } from "../../ports/budgets.ts";
import type { Connection } from "../../ports/connection-store.ts";
import type { CredentialReceipts } from "../../ports/credential-receipts.ts";
import type { CredentialStore } from "../../ports/credential-store.ts";
import type { AgentSelection } from "../../ports/selection.ts";
import { countedExecutor } from "../call/counted-executor.ts";
import { localExecutor } from "../call/local-executor.ts";
import { referenceOf } from "../call/request.ts";

/** What placing a call takes. */
export interface PlacingDeps {
  readonly directory: AgentDirectory;
  readonly selection: AgentSelection;
  readonly budgets: Budgets;
  readonly local: RestExecutor;
  readonly credentials: CredentialStore;
  readonly receipts: CredentialReceipts;
}

/** Where a call goes that waits for nothing. */
export interface PlacedNow {
  readonly executor: RestExecutor;
  readonly choice: ExecutorChoice;
}

/** The place that a call of this connection has at this moment; the error when it has none. `on` is `local` or CEL. */
export async function placeNow(deps: PlacingDeps, connection: Connection, on: string | undefined): Promise<PlacedNow | LongarmError> {
  const placed = await place(deps, connection, on);
  if (placed instanceof LongarmError) return placed;
  return { ...placed, executor: countedExecutor(placed.executor, { budgets: deps.budgets, connection }) };
}

async function place(deps: PlacingDeps, connection: Connection, on: string | undefined): Promise<PlacedNow | LongarmError> {
  const plan = planPlacement(connection.placement, { on, reference: await referenceOf(deps, connection) });
  const local: PlacedNow = { executor: localExecutor(deps.local, connection), choice: { kind: "local", why: "placed locally" } };
  if (plan.kind === "local") return local;
  const rule = plan.stages[0] ?? {};
  const choice = deps.selection.choose(rule, { connection, seed: newId("call") });
  const step = nextPlacementStep(plan, { stage: 0, waitedMs: Number.MAX_SAFE_INTEGER, choice });
  if (step.kind === "local") return local;
  if (step.kind === "fail") return step.error;
  if (step.kind !== "place") return new LongarmError("no_agent_matches", choice.kind === "none" ? `${choice.sentence}.` : undefined);
  const check = {
    connection: connection.name,
    target: targetOf(connection.baseUrl),
    ...(rule.require !== undefined && { selector: rule.require }),
  };
  const chosen: ExecutorChoice = { kind: "agent", agentId: step.agent.id, agentName: step.agent.name, why: step.why };
  return { executor: deps.directory.executor(step.agent.id, check), choice: chosen };
}
