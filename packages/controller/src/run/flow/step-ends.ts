import { LongarmError, type RunId, type StepEnded } from "@longarm/shared";
import type { ChildEnd } from "../../ports/child-runs.ts";

/** A step that has come to nothing but its end. */
export function ended(path: string, atMs: number): StepEnded {
  return { kind: "stepEnded", path, output: null, error: null, atMs };
}

/** What a step failed with that was a run which did not succeed. */
export function errorOf(
  run: RunId,
  { path, status, error }: Pick<ChildEnd, "status" | "error"> & { readonly path: string },
): StepEnded["error"] {
  if (status === "cancelled")
    return new LongarmError("step_cancelled", `Step ${path}, ${run}, was cancelled.`, { details: { run, step: path } }).toBody();
  const { code, message, retryable, details } = error ?? new LongarmError("internal").toBody();
  return { code, message, retryable, details: { ...details, run, step: path } };
}

/** A run that is not there has nothing to end. */
export function ignoreAbsent(reason: unknown): undefined {
  if (LongarmError.from(reason).code !== "unknown_run") throw reason;
  return undefined;
}
