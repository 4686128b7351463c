import type { CallId } from "@longarm/shared";
import { firstDoubted } from "../decide/first-doubted.ts";
import type { Carriage, CarrierDeps } from "./carriage.ts";
import { patiently } from "./patiently.ts";

type Needed = Pick<Carriage, "submission" | "signal"> & { readonly deps: Pick<CarrierDeps, "clock" | "log"> };

/**
 * When the intent was stored of the first attempt of a call that may have taken effect: on our own monotonic clock, and by at most the
 * broker's way earlier. Other controllers' clocks do not matter, nor does what ours shows: the age of the record is told by the store
 * itself, which dated it. Undefined: there is none in the log. Waits while the broker is away; throws the reason the run was ended for.
 */
export function firstSentAt({ deps, submission, signal }: Needed, callId: CallId): Promise<number | undefined> {
  const { clock, log } = deps;
  return patiently({ clock, signal }, async () => {
    const stored = await log.read(submission.runId);
    const record = firstDoubted(stored?.records ?? [], callId);
    if (!record) return undefined;
    const askedMs = clock.monotonicMs();
    const ageMs = await log.ageOf(record.position.sequence);
    return ageMs === undefined ? undefined : askedMs - ageMs;
  });
}
