import { setTimeout as sleep } from "node:timers/promises";
import { type ErrorCode, isFinished, LongarmError } from "@longarm/shared";
import type { Step } from "@longarm/sync/apply";
import type { ApiClient } from "../api/api-client.ts";
import type { Run } from "../api/types.ts";
import { followRun } from "../follow-run.ts";

/** A step or a row that came to no good end, as it stands in the file of errors. */
export interface StepError {
  readonly row: number | null;
  readonly step: number | null;
  readonly user: string | null;
  readonly code: ErrorCode;
  readonly message: string;
  readonly run: string | null;
}

/** How steps are sent. */
export interface StepSender {
  readonly api: ApiClient;
  readonly connection: string;
  /** What the steps' idempotency keys begin with: one plan, the same runs. */
  readonly keyPrefix: string;
  readonly signal: AbortSignal;
  /** Told what a run waits for, each time that it is asked. */
  readonly onWaiting: (run: Run) => void;
  /** Waits before a controller that was away is asked again; default: a second. */
  readonly pause?: (signal: AbortSignal) => Promise<void>;
}

const waitSeconds = 20;
const mostAttempts = 60;
// What passes by itself; the key makes another try the same run.
const passing: ReadonlySet<ErrorCode> = new Set(["controller_unreachable", "broker_unavailable", "storage_full", "too_many_requests"]);

// What would meet every other step too.
const general: ReadonlySet<ErrorCode> = new Set([
  "unauthorized",
  "forbidden",
  "unknown_connection",
  "unexpected_response",
  "unknown_route",
]);

/** Sends one step and awaits its run. Undefined: it succeeded. Throws when the controller stays away, or the signal aborts. */
export async function runStep(sender: StepSender, step: Step): Promise<StepError | undefined> {
  const told = { row: step.row, step: step.step, user: step.user };
  try {
    const run = await persistently(sender, () => submitted(sender, step));
    if (run.status === "succeeded") return undefined;
    const code = run.error?.code ?? (run.status === "outcome_unknown" ? "outcome_unknown" : "cancelled");
    return { ...told, code, message: run.error?.message ?? `The run is ${run.status}.`, run: run.id };
  } catch (reason) {
    if (!(reason instanceof LongarmError) || passing.has(reason.code) || general.has(reason.code)) throw reason;
    return { ...told, code: reason.code, message: reason.message, run: null };
  }
}

async function submitted(sender: StepSender, { step, action, input }: Step): Promise<Run> {
  const { api, connection, keyPrefix, signal, onWaiting } = sender;
  const first = await api.post<Run>("/v1/runs", {
    body: { action, connection, input, lane: "bulk" },
    headers: { "idempotency-key": `${keyPrefix}-${step}`, prefer: `wait=${waitSeconds}` },
    signal,
  });
  const run = isFinished(first.status) ? first : await followRun(api, first, { signal, onChange: onWaiting });
  signal.throwIfAborted();
  return run;
}

async function persistently(sender: StepSender, ask: () => Promise<Run>): Promise<Run> {
  const { signal, pause = (until) => sleep(1_000, undefined, { signal: until }) } = sender;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (reason) {
      const isPassing = reason instanceof LongarmError && passing.has(reason.code);
      if (!isPassing || attempt >= mostAttempts) throw reason;
      await pause(signal);
    }
  }
}
