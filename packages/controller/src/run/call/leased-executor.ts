import { LongarmError, type Clock } from "@longarm/shared";
import type { RestExecutor, RestFailure, RestRequest } from "@longarm/shared/rest";
import type { OwnerLease } from "../owner-lease.ts";

interface Lease {
  readonly lease: OwnerLease;
  readonly term: number;
  readonly clock: Clock;
  /** Called whenever the lease is looked at: at the last time, the first byte follows at once. */
  readonly onLook: () => void;
}

/**
 * The executor of a changing call whose intent was stored in `term`: looks at the lease before anything is done for the call, and again
 * immediately before its first byte leaves. That the intent was stored under our epoch says nothing about now: the answer may have been
 * long on its way, or this process held up; and a token, a name and a connection may take longer than a lease.
 */
export function leasedExecutor(executor: RestExecutor, { lease, term, clock, onLook }: Lease): RestExecutor {
  const lastLook = (): LongarmError | undefined => {
    onLook();
    return lease.term() === term ? undefined : lapse();
  };
  return {
    send: async (request, signal) => {
      const lapsed = lastLook();
      return lapsed ? notSent(request, { error: lapsed, sentAt: clock.nowMs() }) : executor.send({ ...request, lastLook }, signal);
    },
    pages: (request, signal) => executor.pages(request, signal),
  };
}

function lapse(): LongarmError {
  return new LongarmError("overtaken", "This controller could not say in time that it lives, so the call was not sent.", {
    retryable: true,
  });
}

function notSent(
  { method, path, body }: RestRequest,
  { error, sentAt }: { readonly error: LongarmError; readonly sentAt: number },
): RestFailure {
  const nothing = { status: null, headMs: null, totalMs: null, oktaRequestId: null, rateLimit: null, responseBytes: 0 };
  const record = { ...nothing, method, path, sentAt, requestBytes: body?.length ?? 0 };
  return { kind: "failure", delivery: "not_sent", error, record };
}
