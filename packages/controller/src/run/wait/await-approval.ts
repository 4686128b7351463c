import { LongarmError } from "@longarm/shared";
import type { AnyDefinition, AnyFlow } from "@longarm/spoke";
import type { SyncRun } from "../sync/order-sync.ts";
import { needsApproval } from "../../decide/approval.ts";
import { hasCalled, type RunState } from "../../decide/fold-run.ts";
import { abortReason } from "./abort-reason.ts";
import type { Carriage } from "../carriage.ts";
import type { LimitWatch } from "../limit-watch.ts";
import { stateOf } from "../view/run-view.ts";

type Verdict = NonNullable<RunState["verdict"]>;

/**
 * Waits, where the connection requires that, until somebody else than the submitter lets the run go on; resolves to whether it has waited.
 * Meanwhile it holds no slot of its lane, and counts as not started. The verdict is read from the run's own log: a signal only says that
 * there may be one. Throws `approval_denied`, or the reason the run was ended for.
 */
export async function awaitApproval(
  carriage: Carriage,
  definition: AnyDefinition | AnyFlow | SyncRun,
  limits: LimitWatch,
): Promise<boolean> {
  const { connection, submission, known, deps, writer } = carriage;
  // A flow changes nothing itself: each of its steps asks for its own approval.
  const { name, effect, destructive } =
    definition.kind === "flow" ? ({ ...definition, effect: "read", destructive: false } as const) : definition;
  // What has called had been let go on, or the rule came later.
  if (hasCalled(known)) return false;
  const hasParked = known.parked?.reason === "approval";
  const isNeeded = needsApproval(connection.requireApproval, { name, effect, destructive, dryRun: submission.dryRun });
  if (!hasParked && (!isNeeded || known.verdict !== null)) return false;
  limits.arm(null);
  deps.slots.release(submission.lane);
  try {
    admit(known.verdict ?? (await untilJudged(carriage, hasParked)));
  } finally {
    deps.slots.take(submission.lane);
  }
  writer.defer({ kind: "resumed", starts: true });
  return true;
}

function admit({ kind, principal, note }: Verdict): void {
  if (kind === "approved") return;
  const why = note === "" ? "" : `: ${note}`;
  throw new LongarmError("approval_denied", `"${principal}" denied the run${why}`, { details: { by: principal, note } });
}

async function untilJudged(carriage: Carriage, hasParked: boolean): Promise<Verdict> {
  const { deps, submission, signal, writer } = carriage;
  const { runId, principal } = submission;
  for (;;) {
    // Before the look at the log, so that no verdict falls between the two.
    const told = listen(carriage);
    try {
      if (!hasParked) {
        const sentence = `Waits until somebody with the scope runs:approve, and not "${principal}", who submitted it, approves or denies it.`;
        const entry = { kind: "parked", reason: "approval", sentence, sinceMs: deps.clock.nowMs(), untilMs: null } as const;
        await writer.write([{ ...entry, ordinal: 0, stage: 0 }]);
        hasParked = true;
      }
      const run = await deps.log.read(runId);
      const verdict = run && stateOf(run).verdict;
      if (verdict) return verdict;
      if (signal.aborted) throw abortReason(signal);
      await told.promise;
    } finally {
      told.stop();
    }
  }
}

function listen({ deps, submission, signal }: Carriage): { readonly promise: Promise<void>; readonly stop: () => void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  promise.catch(() => undefined);
  const onAbort = (): void => reject(abortReason(signal));
  const stopListening = deps.signals.listen(submission.runId, (told) => told === "judged" && resolve());
  signal.addEventListener("abort", onAbort, { once: true });
  const stop = (): void => {
    stopListening();
    signal.removeEventListener("abort", onAbort);
  };
  return { promise, stop };
}
