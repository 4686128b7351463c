import { LongarmError, type RunId } from "@longarm/shared";
import { decodeEntries } from "@longarm/shared/wire";
import type { StoredMsg } from "@nats-io/jetstream";
import type { LogPosition, StoredRecord } from "../../ports/run-log.ts";
import { endedKind, type SealedMessages } from "./sealed-message.ts";

/** Records in order, and where the next one would stand. */
export interface StoredRecords {
  readonly records: readonly StoredRecord[];
  readonly end: LogPosition;
}

/**
 * Opens what stands behind a position of a run's log and checks that each record names the one before it. Undefined: the run was
 * removed. Throws `sealed_record_rejected`.
 */
export function openRecords(
  messages: SealedMessages,
  found: readonly StoredMsg[],
  from: { readonly run: RunId; readonly after: LogPosition },
): StoredRecords | undefined {
  const opened = found.map((message) => ({ sequence: message.seq, ...messages.open(message) }));
  const fences = opened.filter(({ envelope }) => envelope.kind === endedKind);
  if (fences.some((fence) => endsThis(fence.envelope.previous, from.after))) return undefined;
  // The fence of an earlier run of this id, whose key was forgotten long ago: this one's log begins behind it.
  let end: LogPosition = { ...from.after, sequence: fences.at(-1)?.sequence ?? from.after.sequence };
  const records = opened
    .filter((record) => !fences.includes(record))
    .map(({ sequence, envelope, payload, hash }) => {
      if (Buffer.compare(envelope.previous, end.hash) !== 0) throw brokenChain(from.run, sequence);
      end = { sequence, hash, epoch: Math.max(envelope.epoch, end.epoch) };
      return { position: end, appendId: envelope.appendId, timeMs: envelope.timeMs, entries: decodeEntries(payload) };
    });
  return { records, end };
}

/** Behind a record every fence is this run's; at the beginning it is if it names the submission that the position names. */
function endsThis(previous: Uint8Array, after: LogPosition): boolean {
  return after.sequence > 0 || Buffer.compare(previous, after.hash) === 0;
}

function brokenChain(run: RunId, sequence: number): LongarmError {
  const message = `Record ${sequence} of ${run} does not follow from the one before it; the log was altered and is not acted on.`;
  return new LongarmError("sealed_record_rejected", message, { details: { run, sequence } });
}
