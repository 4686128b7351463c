import assert from "node:assert/strict";
import type { Journey, JourneyController } from "./journey.ts";
import type { RunShown } from "./journey-runs.ts";
import type { RunningProcess } from "./processes.ts";

/** The placement of a connection whose calls only the agent of site `hq` may make. */
export const onAgent = { on: "agent", require: "labels.site == 'hq'" };

/** The sandbox's name for the route that creates a user. */
export const createRoute = "POST /api/v1/users";

/** Starts the agent `hq-1` as a process, which tells in its log what it answers when it is asked; over `url`, where one is given. */
export function startAgent(journey: Journey, controller: JourneyController, url?: string): Promise<RunningProcess> {
  return journey.agentProcess(controller, { name: "hq-1", labels: { site: "hq" }, logLevel: "debug", ...(url !== undefined && { url }) });
}

/** Ends a process without a chance to put anything in order. */
export async function kill(one: RunningProcess): Promise<void> {
  one.kill("SIGKILL");
  await one.exited;
}

/** The run succeeded, since what its last call had been meant to do was found done. */
export function assertFound(run: RunShown): void {
  assert.equal(run.status, "succeeded", `${run.error?.code} ${run.error?.message}`);
  assert.equal(run.calls.at(-1)?.reconciled, true);
}
