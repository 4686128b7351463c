import type { EventOutcome, EventSource, Lane, LogEntry, RunStatus, Submission } from "@longarm/shared";

/** Hears of every entry that this controller writes into a run's log. */
export interface RunTally {
  take(submission: Pick<Submission, "connection" | "lane">, entry: LogEntry): void;
}

/** Hears of every event that this controller has judged, and of what came of it for each trigger that names it. */
export interface TriggerTally {
  /** `waitedMs`: since its receipt, by this controller's clock. */
  judged(source: EventSource, waitedMs: number): void;
  noted(trigger: string, outcome: EventOutcome["kind"]): void;
}

/** How many runs are not finished, as far as this controller's history has taken in the run log. */
export interface UnfinishedRuns {
  countUnfinished(): readonly { readonly status: RunStatus; readonly lane: Lane; readonly count: number }[];
}

/** What is measured, for who scrapes it. */
export interface Metrics {
  /** Of the text that `render` resolves to. */
  readonly contentType: string;
  /** In the text format of Prometheus. */
  render(): Promise<string>;
}
