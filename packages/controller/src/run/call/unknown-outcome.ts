import { LongarmError, type Attempt, type Intent, type Outcome } from "@longarm/shared";
import type { RestRequest } from "@longarm/shared/rest";

type Call = Pick<RestRequest, "effect" | "method" | "path">;
const next = "Look at the target, then settle the run.";

/** The error of a call that may have taken effect, and of which no read could tell; `last` is the outcome of its last attempt. */
export function unknownOutcome(call: Call, last: Pick<Outcome, "status" | "record" | "error">): LongarmError {
  const evidence = {
    method: call.method,
    path: call.path,
    effect: call.effect,
    status: last.status,
    oktaRequestId: last.record["oktaRequestId"] ?? null,
  };
  return new LongarmError(
    "outcome_unknown",
    `${call.method} ${call.path} may or may not have taken effect, so it is not repeated. ${next}`,
    {
      details: { evidence, ...(last.error && { reason: last.error.message }) },
    },
  );
}

/** The error of a run that ended, for that reason if for any, before it was known what became of this call. */
export function leftInDoubt({ call, attempt, executor }: Attempt, reason: LongarmError | null): LongarmError {
  const { method, target } = call;
  const path = target.split("?", 1)[0] ?? target;
  const why = reason === null ? "" : ` The run ended for another reason before that could be found out: ${reason.message}`;
  return new LongarmError("outcome_unknown", `${method} ${path} may or may not have taken effect.${why} ${next}`, {
    details: { evidence: { method, path, attempt, executor }, ...(reason && { reason: reason.message, code: reason.code }) },
  });
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
