import type { InflictedFault } from "../faults/inflict.ts";
import type { Comparison } from "./check/compare-table.ts";
import type { ReadRun } from "./check/judge-runs.ts";

/** Everything that the verdict on a copied org rests on. */
export interface SyncEvidence {
  readonly runs: readonly ReadRun[];
  readonly faults: readonly InflictedFault[];
  readonly changes: { readonly made: number; readonly refused: number };
  /** Behind an incremental run of an org that keeps still: all but what an incremental run may leave as it was. */
  readonly afterIncremental: readonly Comparison[];
  /** Behind a whole sweep: all of it. */
  readonly afterSweep: readonly Comparison[];
  /** What the sink could not take as rows. */
  readonly rowFaults: number;
  /** The name of each controller by the id of one of its lives. */
  readonly controllers: ReadonlyMap<string, string>;
  readonly crashes: readonly { readonly member: string; readonly detail: string }[];
}
