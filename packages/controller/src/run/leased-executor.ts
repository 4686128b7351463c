import { LongarmError, type Clock } from "@longarm/shared";
import type { RestExecutor, RestFailure, RestRequest } from "@longarm/shared/rest";
import type { OwnerLease } from "./owner-lease.ts";

/**
 * The executor of a changing call whose intent was stored in `term`: looks at the lease at the last moment before the call leaves. That
 * the intent was stored under our epoch says nothing about now: the answer may have been long on its way, or this process held up.
 */
export function leasedExecutor(
  executor: RestExecutor,
  { lease, term, clock }: { readonly lease: OwnerLease; readonly term: number; readonly clock: Clock },
): RestExecutor {
  return {
    send: async (request, signal) => (lease.term() === term ? executor.send(request, signal) : lapsed(request, clock)),
    pages: (request, signal) => executor.pages(request, signal),
  };
}

function lapsed({ method, path, body }: RestRequest, clock: Clock): RestFailure {
  const error = new LongarmError("overtaken", "This controller could not say in time that it lives, so the call was not sent.", {
    retryable: true,
  });
  const nothing = { status: null, headMs: null, totalMs: null, oktaRequestId: null, rateLimit: null, responseBytes: 0 };
  return {
    ...{ kind: "failure", delivery: "not_sent", error },
    record: { ...nothing, method, path, sentAt: clock.nowMs(), requestBytes: body?.length ?? 0 },
  };
}
