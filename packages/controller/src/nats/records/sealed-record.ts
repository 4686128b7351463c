import { control, LongarmError, recordBuckets, type RecordState } from "@longarm/shared";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import type { KeptRecord, RecordKey } from "../../ports/record-store.ts";

// With its seal and the broker's headers it stays below what the broker takes at once.
const mostObjectBytes = 512 * 1024;

/** Where a record stands: its bucket and key are bound into the seal, so that the broker cannot give one object another's state. */
export function placeOf({ kind, connection, id }: RecordKey): readonly [string, string, string] {
  return ["KV", recordBuckets[kind], control.recordKey(connection, id)];
}

/** A record as it is stored. Throws `input_too_large`. */
export function sealState(ring: KeyRing, key: RecordKey, state: RecordState): Uint8Array {
  const { object, changedAt, firstSeenAt, syncedAt, deletedAt, source } = state;
  const bytes = Buffer.from(JSON.stringify({ object, changedAt, firstSeenAt, syncedAt, deletedAt, source }));
  if (bytes.length <= mostObjectBytes) return sealRecord(ring, bytes, placeOf(key));
  throw new LongarmError("input_too_large", `The object ${key.id} of ${key.kind} has ${bytes.length} bytes; a record may have 524,288.`, {
    details: { kind: key.kind, connection: key.connection, id: key.id },
  });
}

/** Throws `sealed_record_rejected`, naming the place. */
export function openState(ring: KeyRing, key: RecordKey, stored: Uint8Array): KeptRecord {
  const { kind, connection, id } = key;
  try {
    const state = JSON.parse(Buffer.from(openRecord(ring, stored, placeOf(key))).toString()) as RecordState;
    return { kind, connection, id, ...state };
  } catch (reason) {
    const message = `The record ${id} of ${kind} (${connection}) does not open under the installation's keys; it was not acted on.`;
    throw new LongarmError("sealed_record_rejected", message, { cause: reason, details: { kind, connection, id } });
  }
}
