import type { StoredRecord } from "../../ports/run-log.ts";
import type { Carriage, CarrierDeps } from "../carriage.ts";
import { patiently } from "./patiently.ts";

type Needed = Pick<Carriage, "submission" | "signal"> & { readonly deps: Pick<CarrierDeps, "clock" | "log"> };

/**
 * When a record of the run's log was stored: on our own monotonic clock, and by at most the broker's way earlier. Other controllers' clocks
 * do not matter, nor does what ours shows: the age of the record is told by the store itself, which dated it. Undefined: `find` finds none.
 * Waits while the broker is away; throws the reason the run was ended for.
 */
export function storedAt(
  { deps, submission, signal }: Needed,
  find: (records: readonly StoredRecord[]) => StoredRecord | undefined,
): Promise<number | undefined> {
  const { clock, log } = deps;
  return patiently({ clock, signal }, async () => {
    const record = find((await log.read(submission.runId))?.records ?? []);
    if (!record) return undefined;
    const askedMs = clock.monotonicMs();
    const ageMs = await log.ageOf(record.position.sequence);
    return ageMs === undefined ? undefined : askedMs - ageMs;
  });
}
