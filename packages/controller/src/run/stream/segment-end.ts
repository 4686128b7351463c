import { LongarmError, type Intent, type Outcome } from "@longarm/shared";
import type { Page, RestFailure } from "@longarm/shared/rest";
import type { AttemptEnd } from "../../decide/retry.ts";

/** How a segment of a stream ended before the stream did. */
export interface SegmentEnd {
  readonly end: AttemptEnd;
  readonly error: LongarmError;
  /** It was not the segment that failed: the next one begins where this one ended, under an intent of its own. */
  readonly hasLapsed?: true;
}

/** What the log keeps of a segment; `end` where it failed. */
export function segmentOutcome(
  of: { intent: Intent; queuedMs: number },
  last: Page | RestFailure | undefined,
  end: SegmentEnd | undefined,
): Outcome {
  const { call, attempt, effect, executor } = of.intent;
  const base = {
    kind: "outcome",
    call,
    attempt,
    effect,
    executor,
    headers: {},
    body: null,
    queuedMs: of.queuedMs,
    superseded: end !== undefined,
  } as const;
  const record = { ...last?.record };
  if (last?.kind === "page") return { ...base, result: "response", status: last.status, record, error: end?.error.toBody() ?? null };
  const delivery = last?.delivery ?? "unknown";
  return { ...base, result: delivery, status: null, record, error: end?.error.toBody() ?? null };
}

/** The lease ran out before a page could be kept. */
export function lapsed(): SegmentEnd {
  const error = new LongarmError("overtaken", "This controller could not say in time that it lives, so the page was not kept.", {
    retryable: true,
  });
  return { end: { kind: "failure", delivery: "unknown", code: "overtaken" }, error, hasLapsed: true };
}

/** The executor brought nothing at all. */
export function noPage(): LongarmError {
  return new LongarmError("unexpected_response", "The executor ended the stream without a page or a failure.");
}
