import { LongarmError, type Clock, type RecordKindName } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { RecordHistory } from "../ports/record-history.ts";
import type { RecordStore } from "../ports/record-store.ts";

interface Deps {
  readonly records: RecordStore;
  readonly history: RecordHistory;
  readonly kinds: readonly RecordKindName[];
  readonly clock: Clock;
  readonly logger: Logger;
}

const pauseAfterFaultMs = 500;

/** Follows the records of every kind into the view. Resolves when the signal is aborted. */
export async function projectRecords(deps: Deps, signal: AbortSignal): Promise<void> {
  await Promise.all(deps.kinds.map((kind) => projectKind(deps, kind, signal)));
}

async function projectKind({ records, history, clock, logger }: Deps, kind: RecordKindName, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      history.begin(kind, await records.identity(kind));
      for await (const events of records.follow(kind, history.position(kind), signal)) history.apply(kind, events);
    } catch (reason) {
      logger.warn({ kind, reason: LongarmError.from(reason).message }, "The records could not be followed; trying again.");
    }
    if (!signal.aborted) await clock.sleep(pauseAfterFaultMs, signal).catch(() => undefined);
  }
}
