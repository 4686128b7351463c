import type { Lane } from "@longarm/shared";
import type { Right } from "./right.ts";

/** Why a request waits: for its bucket, for a place among the open requests, or for those that came before it. */
export type BudgetWait =
  | Extract<Right, { kind: "wait" }>
  | { readonly kind: "full"; readonly places: number; readonly untilMs: number | null }
  | { readonly kind: "turn" };

interface Surroundings {
  readonly target: string;
  readonly bucket: string;
  readonly lane: Lane;
  readonly waiting: number;
  readonly nowMs: number;
}

/** The wait in a sentence with its counts. */
export function explainWait(wait: BudgetWait, of: Surroundings): string {
  const { target, bucket, lane, waiting, nowMs } = of;
  const others = waiting > 1 ? ` ${waiting} calls wait for it.` : "";
  if (wait.kind === "turn") return `Others were before it in the budget of bucket ${bucket} at ${target}.${others}`;
  if (wait.kind === "full") return `All ${wait.places} requests that ${lane} runs may have open at ${target} at once are open.${others}`;
  const seconds = Math.max(1, Math.ceil((wait.untilMs - nowMs) / 1_000));
  if (wait.why === "paused")
    return `${target} refused a request of bucket ${bucket} for its limit; it is asked again in ${seconds} s.${others}`;
  const count = `${wait.used} of ${wait.allowed} requests that ${lane} runs may make of bucket ${bucket} at ${target}`;
  if (wait.why === "left")
    return `${count} in this window are made or under way; the rest is left to the other controllers for now.${others}`;
  if (wait.why === "paced") return `${count} by now are made; more come evenly until the window ends.${others}`;
  return `${count} in this window are made; the next one begins in ${seconds} s.${others}`;
}
