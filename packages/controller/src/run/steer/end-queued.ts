import type { LogEntry, LongarmError, RunId } from "@longarm/shared";
import type { RunLog } from "../../ports/run-log.ts";
import { stateOf } from "../view/run-view.ts";

/** Ends a run that nobody carries as failed; resolves to false when somebody does by now, or it has ended. */
export async function endQueued(
  log: RunLog,
  run: RunId,
  of: { readonly error: LongarmError; readonly signal: AbortSignal },
): Promise<boolean> {
  const entries: readonly LogEntry[] = [{ kind: "completed", status: "failed", output: null, error: of.error.toBody() }];
  for (;;) {
    const stored = await log.read(run);
    const state = stored && stateOf(stored);
    if (!stored || !state || state.completed || state.owner !== null) return false;
    const at = stored.records.at(-1)?.position ?? stored.position;
    const result = await log.append(run, { at, epoch: at.epoch, entries }, of.signal);
    if (result.kind === "appended") return true;
  }
}
