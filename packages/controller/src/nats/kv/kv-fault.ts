import { LongarmError } from "@longarm/shared";
import { JetStreamApiError } from "@nats-io/jetstream";

const conflictCodes = new Set([10071, 10164]);
const storageCodes = new Set([10023, 10047, 10077]);

/** Did the broker refuse the write because the key has another revision than the one that was expected? */
export function isRevisionConflict(reason: unknown): boolean {
  return reason instanceof JetStreamApiError && conflictCodes.has(reason.code);
}

/** What the broker's refusal or silence about a bucket means for us. */
export function kvFault(reason: unknown, bucket: string): LongarmError {
  if (reason instanceof LongarmError) return reason;
  const message = reason instanceof Error ? reason.message : String(reason);
  if (!(reason instanceof JetStreamApiError)) {
    return new LongarmError("broker_unavailable", `The broker does not answer about ${bucket}: ${message}.`, {
      retryable: true,
      cause: reason,
    });
  }
  if (storageCodes.has(reason.code)) return new LongarmError("storage_full", undefined, { retryable: true, cause: reason });
  return new LongarmError("internal", `The broker refused what was asked about ${bucket}: ${message} (${reason.code}).`, { cause: reason });
}
