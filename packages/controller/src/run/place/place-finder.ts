import { planPlacement } from "../../decide/place-reference.ts";
import type { ConnectionStore } from "../../ports/connection-store.ts";
import type { CredentialStore } from "../../ports/credential-store.ts";
import type { ScheduleTarget } from "../../ports/schedule-store.ts";
import type { AgentSelection } from "../../ports/selection.ts";
import { syncOf, type Syncs } from "../../ports/sync-store.ts";
import { referenceOf } from "../call/request.ts";
import { connectionOf } from "../steer/submit-run.ts";

interface Deps {
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly syncs: Pick<Syncs, "definitions">;
  readonly selection: AgentSelection;
}

/**
 * Tells whether a run of the target would find a place now: the controller itself, or an agent that is there, though it may be busy. Where
 * that cannot be told it would: the submission says what is wrong.
 */
export function placeFinder(deps: Deps): (target: ScheduleTarget) => Promise<boolean> {
  return (target) => canPlace(deps, target).catch(() => true);
}

async function canPlace(deps: Deps, { action, connection: named, on }: ScheduleTarget): Promise<boolean> {
  const sync = syncOf(action);
  const name = sync === undefined ? named : (await deps.syncs.definitions.get(sync))?.value.connection;
  const connection = await connectionOf(deps.connections, name);
  const plan = planPlacement(connection.placement, { on, reference: await referenceOf(deps, connection) });
  if (plan.kind === "local" || plan.whenNone === "local") return true;
  return plan.stages.some((stage) => {
    const choice = deps.selection.choose(stage, { connection, seed: action });
    return choice.kind === "chosen" || choice.busy;
  });
}
