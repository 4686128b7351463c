import type { Attempt, CallId, LogEntry } from "@longarm/shared";
import { doubtsOf, firstInDoubt, foldDoubt, settleDoubt } from "../../decide/doubts.ts";
import type { RunState } from "../../decide/fold-run.ts";

/** What a run leaves in doubt, as its owner writes on: no run may end as failed or done while a changing call may have been either. */
export class DoubtLedger {
  #doubts;

  constructor(known: RunState) {
    this.#doubts = doubtsOf(known);
  }

  /** Takes in what the owner writes. */
  take(entry: LogEntry): void {
    this.#doubts = foldDoubt(this.#doubts, entry);
  }

  /** A read has shown what became of this call. */
  settle(call: CallId): void {
    this.#doubts = settleDoubt(this.#doubts, call);
  }

  /** The last attempt of a call that is in doubt; undefined: none is. */
  get first(): Attempt | undefined {
    return firstInDoubt(this.#doubts);
  }
}
