import { LongarmError } from "@longarm/shared";

/** The reason a signal was aborted for, as the error that ends the run. */
export function abortReason(signal: AbortSignal): LongarmError {
  return LongarmError.from(signal.reason);
}
