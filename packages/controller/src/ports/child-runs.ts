import type { ErrorBody, RunId, RunStatus } from "@longarm/shared";
import type { RunRequest } from "./run-service.ts";

/** How a run ended that is a step of a flow. */
export interface ChildEnd {
  readonly status: Extract<RunStatus, "succeeded" | "failed" | "cancelled" | "outcome_unknown">;
  /** JSON; its secret members sealed as they are stored. */
  readonly output: unknown;
  readonly error: ErrorBody | null;
}

/** The runs that a flow starts. */
export interface ChildRuns {
  /** The run that a request with an idempotency key will make, or has made. */
  idOf(request: RunRequest & { readonly idempotencyKey: string }): RunId;
  /**
   * Submits it, unless that was done before; while the broker is away or has no room it is tried again. Throws what makes the request
   * impossible, and `nondeterministic` where its key has made another run.
   */
  start(request: RunRequest, signal: AbortSignal): Promise<void>;
  /** Resolves when it has ended. Throws `unknown_run` when it was removed, and the signal's reason. */
  end(id: RunId, signal: AbortSignal): Promise<ChildEnd>;
  /** What a stream that has ended kept, in order. */
  items(id: RunId, signal: AbortSignal): AsyncIterable<unknown>;
  /** Asks it to end. */
  cancel(id: RunId, principal: string): Promise<void>;
}
