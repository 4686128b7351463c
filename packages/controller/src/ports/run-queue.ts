import type { Lane } from "@longarm/shared";
import type { StoredSubmission } from "./run-log.ts";

/** A submission that waits for somebody to claim it. */
export interface QueuedRun extends StoredSubmission {
  /** Says that it need not be offered again: its claim is stored, or was already. */
  settle(): void;
  /** Offers it to others at once. */
  release(): void;
}

/** The lanes. An offer is advice: only the run's log decides who carries it. */
export interface RunQueue {
  /** Up to `count` submissions, as they come, for at most a few seconds. */
  take(lane: Lane, count: number, signal: AbortSignal): AsyncIterable<QueuedRun>;
}
