import { LongarmError, type Intent } from "@longarm/shared";
import type { RestRequest } from "@longarm/shared/rest";
import type { EndedAttempt } from "./call-attempt.ts";

type Call = Pick<RestRequest, "effect" | "method" | "path">;
const next = "Look at the target, then settle the run.";

/** The error of a call that may have taken effect, and of which no read could tell; `ended` is its last attempt. */
export function unknownOutcome(call: Call, ended: EndedAttempt): LongarmError {
  const status = ended.end.kind === "response" ? ended.end.status : null;
  const evidence = {
    method: call.method,
    path: call.path,
    effect: call.effect,
    status,
    oktaRequestId: ended.outcome.record["oktaRequestId"] ?? null,
  };
  return new LongarmError(
    "outcome_unknown",
    `${call.method} ${call.path} may or may not have taken effect, so it is not repeated. ${next}`,
    {
      details: { evidence, ...(ended.outcome.error && { reason: ended.outcome.error.message }) },
    },
  );
}

/** The error of a call whose sender stopped before it knew the outcome, or left it in doubt. */
export function interrupted({ method, path }: Call, open: Intent | null): LongarmError {
  const evidence = { method, path, attempt: open?.attempt ?? null, executor: open?.executor ?? null };
  return new LongarmError(
    "outcome_unknown",
    `The controller that sent ${method} ${path} stopped before it knew the outcome, so the call is not repeated. ${next}`,
    { details: { evidence } },
  );
}
