import { type Completed, deepestJson, LongarmError } from "@longarm/shared";

/**
 * Did working with an answer break off because it nests so deeply? Only what a target sent can; to look at every answer beforehand would
 * cost a stream a tenth of its speed.
 */
export function isStackOverflow(reason: unknown): boolean {
  return reason instanceof RangeError && reason.message.includes("call stack");
}

/** The fault of such an answer. */
export function tooDeep(): LongarmError {
  const message = `The target's answer is nested too deeply to be worked with; an output may have ${deepestJson} levels.`;
  return new LongarmError("unexpected_response", message, { details: { deepest: deepestJson } });
}

/** An unknown outcome stays one, whatever else ended the run. */
export function isSettling(reason: unknown): boolean {
  return reason instanceof LongarmError && (reason.code === "outcome_unknown" || reason.code === "overtaken");
}

/** How a run ends by this error. */
export function statusOf(error: LongarmError): Completed["status"] {
  if (error.code === "cancelled") return "cancelled";
  return error.code === "outcome_unknown" ? "outcome_unknown" : "failed";
}

/** For the log: the stack of what lies behind the error. */
export function stackBehind(error: LongarmError): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.stack ?? cause.message;
}
