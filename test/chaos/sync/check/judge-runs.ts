import { reasonOf } from "../../check/failures.ts";
import type { InflictedFault } from "../../faults/inflict.ts";
import type { SyncRun } from "../sync-runs.ts";
import type { Reading } from "./page-reads.ts";

/** What is wrong with a run. */
export const runSorts = ["stuck", "unfounded", "incomplete", "anew"] as const;
export type RunSort = (typeof runSorts)[number];

/** One thing that is wrong with one run. */
export interface RunFinding {
  readonly sort: RunSort;
  readonly runId: string;
  readonly sentence: string;
}

/** A run, and how it read the org. */
export interface ReadRun {
  readonly run: SyncRun;
  readonly reading: Reading;
}

// What a fault leaves behind is over by then.
const aftermathMs = 5_000;

/** Runs in the order in which they were made, one after the other, and every fault that was inflicted. */
export function judgeRuns(runs: readonly ReadRun[], faults: readonly InflictedFault[]): readonly RunFinding[] {
  let generation = 0;
  return runs.flatMap(({ run, reading }) => {
    const found: RunFinding[] = [];
    const tell = (sort: RunSort, sentence: string): number => found.push({ sort, runId: run.id, sentence });
    if (run.status === "succeeded") {
      generation += 1;
      const { output } = run;
      if (output?.outcome !== "complete") tell("incomplete", `it succeeded, and says of itself ${JSON.stringify(output)}`);
      if (output?.generation !== generation)
        tell("anew", `it is the sync's run number ${output?.generation}, and should be number ${generation}: one was begun twice`);
      generation = output?.generation ?? generation;
    } else {
      const [sort, sentence] = wrongEnd(run, faults) ?? [];
      if (sort && sentence !== undefined) tell(sort, sentence);
    }
    for (const list of reading.begunAgain) tell("anew", `it read ${list} from its beginning again`);
    return found;
  });
}

/** Undefined: it failed, and a fault that struck while it was open explains that. */
function wrongEnd({ status, error, fromMs, toMs }: SyncRun, faults: readonly InflictedFault[]): readonly [RunSort, string] | undefined {
  if (!["failed", "cancelled", "outcome_unknown"].includes(status))
    return ["stuck", `it is ${status} after ${Math.round((toMs - fromMs) / 1_000)} s`];
  const reason = status === "failed" ? reasonOf(error?.code) : undefined;
  const isExplained = faults.some(
    (fault) => reason?.test(fault.kind) && fault.met !== 0 && fault.fromMs <= toMs && fault.untilMs + aftermathMs >= fromMs,
  );
  return isExplained ? undefined : ["unfounded", `it ended as ${status} (${error?.code}: ${error?.message}), which no fault explains`];
}

/** How often a run was taken over. */
export function takeoversOf({ log }: Pick<SyncRun, "log">): number {
  return Math.max(0, log.filter(({ kind }) => kind === "claimed").length - 1);
}
