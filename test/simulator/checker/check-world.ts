import type { World } from "../world/world.ts";
import { checkEffects } from "./check-effects.ts";
import { checkLog } from "./check-log.ts";

/** Everything that is wrong with a world after it was healed, a sentence each; empty: nothing. */
export function checkWorld(world: World): readonly string[] {
  const runs = world.broker.runs();
  const stored = new Set(runs.map(({ submission }) => submission.runId));
  const lost = [...world.ledger.accepted].filter((run) => !stored.has(run));
  return [
    ...lost.map((run) => `lost: ${run} was accepted, and is nowhere`),
    ...runs.flatMap((run) => {
      const { runId, action } = run.submission;
      const isOpen = !run.records.some(({ entries }) => entries.some(({ kind }) => kind === "completed"));
      const faults = [...(isOpen ? ["stuck: it has no last word"] : []), ...checkLog(run.records), ...checkEffects(run, world.ledger)];
      return faults.map((fault) => `${action} ${runId}: ${fault}`);
    }),
    ...world.ledger.faults,
  ];
}
