import { retryOutcomes, type RetryPolicy, type RetryWish } from "@longarm/shared";

/** What holds where neither connection nor run says anything. */
export const defaultRetryPolicy: RetryPolicy = {
  on: retryOutcomes,
  attempts: 5,
  withinMs: null,
  firstPauseMs: 100,
  factor: 2,
  longestPauseMs: 10_000,
};

/**
 * What holds for a sync's lists where nobody says otherwise: it is work that nobody waits for, so it outlasts a target that is started again
 * rather than come to nothing until its next turn. Tries count from the last page that came.
 */
export const retryWishOfSyncs: RetryWish = { attempts: 100, withinMs: 15 * 60_000, longestPauseMs: 30_000 };

/** The policy of wishes from the widest to the narrowest, member by member: a run's go before its connection's. */
export function retryPolicyOf(...wishes: readonly (RetryWish | undefined)[]): RetryPolicy {
  return Object.assign({}, defaultRetryPolicy, ...wishes) as RetryPolicy;
}

/**
 * The policy for the reads that tell what became of a call: with the same pauses, but whoever wants no second try of a call wants all
 * the more to know how it ended.
 */
export function policyOfReadBacks(policy: RetryPolicy): RetryPolicy {
  const { attempts, withinMs } = defaultRetryPolicy;
  return { ...policy, on: retryOutcomes, attempts: Math.max(policy.attempts, attempts), withinMs };
}
