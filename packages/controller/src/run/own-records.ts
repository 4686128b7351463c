import type { Submission } from "@longarm/shared";
import type { SeenRecord, SeenRun } from "./view/run-view.ts";

// A run of more is a long one: reading its log costs little beside it, and holding it for all that are carried would cost much.
const mostRecords = 8;

/**
 * The records of a run that nobody carried before, as they were stored, so that whoever waits for its end here can be told without
 * its log being read. A run that is long, or parks, gives them up: very many may be parked at once.
 */
export class OwnRecords {
  #records: SeenRecord[] | undefined = [];

  /** The next record of the run's log. */
  take(record: SeenRecord): void {
    const isToHold = this.#records && this.#records.length < mostRecords && !record.entries.some(({ kind }) => kind === "parked");
    if (isToHold) this.#records?.push(record);
    else this.#records = undefined;
  }

  /** The run as its log has it, when it has ended and all of it is here. */
  whole(submission: Submission): SeenRun | undefined {
    const hasEnded = this.#records?.some(({ entries }) => entries.some(({ kind }) => kind === "completed"));
    return this.#records && hasEnded ? { submission, records: this.#records } : undefined;
  }
}
