import type { Step } from "@longarm/sync/apply";
import type { StepError } from "./run-step.ts";

/** How far a plan came. */
export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  /** Not tried, since a step that they need failed. */
  readonly skipped: number;
}

/** How a plan is carried out. */
export interface Execution {
  /** How many steps are under way at most. */
  readonly inFlight: number;
  readonly run: (step: Step) => Promise<StepError | undefined>;
  readonly onError: (error: StepError) => Promise<void>;
  readonly onCount: (ended: number) => void;
}

/**
 * Carries steps out: those of one user one after the other in their order, different users side by side. A step that fails stops only those
 * that need it. Rejects when `run` does, once nothing is under way any more.
 */
export async function executeSteps(steps: readonly Step[], { inFlight, run, onError, onCount }: Execution): Promise<Tally> {
  const tally = { succeeded: 0, failed: 0, skipped: 0 };
  const failed = new Map<number, Step>();
  const take = async (step: Step): Promise<void> => {
    const ground = step.needs === undefined ? undefined : failed.get(step.needs);
    const error = ground ? skippedFor(step, ground) : await run(step);
    if (error) {
      failed.set(step.step, step);
      await onError(error);
    }
    tally[error ? (ground ? "skipped" : "failed") : "succeeded"] += 1;
    onCount(tally.succeeded + tally.failed + tally.skipped);
  };
  const chains = [...Map.groupBy(steps, ({ user }) => user.toLowerCase()).values()].values();
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    for (const chain of chains) {
      for (const step of chain) {
        if (stop.signal.aborted) return;
        await take(step).catch((reason: unknown) => {
          stop.abort(reason);
          throw reason;
        });
      }
    }
  };
  await Promise.allSettled(Array.from({ length: inFlight }, work));
  stop.signal.throwIfAborted();
  return tally;
}

function skippedFor({ row, step, user }: Step, ground: Step): StepError {
  const message = `Not tried, since step ${ground.step}, ${ground.action}, did not succeed.`;
  return { row, step, user, code: "invalid_state", message, run: null };
}
