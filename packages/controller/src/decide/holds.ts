import type { ControllerId, RunId } from "@longarm/shared";

interface Holder {
  readonly run: RunId;
  readonly owner: ControllerId;
}

/** What comes of asking for a place. `held`: it was the run's already. */
export type TakenPlace =
  | { readonly kind: "held" }
  | { readonly kind: "take"; readonly holders: readonly Holder[] }
  | { readonly kind: "full"; readonly count: number };

/**
 * Whether a run may hold a place that `limit` runs may hold at once. Whoever holds it keeps it, over the limit if need be: the limit may
 * have been lowered meanwhile, or another controller have held it for the same run.
 */
export function takePlace(holders: readonly Holder[], asker: Holder, limit: number): TakenPlace {
  const own = holders.find(({ run }) => run === asker.run);
  if (own?.owner === asker.owner) return { kind: "held" };
  if (own) return { kind: "take", holders: holders.map((holder) => (holder === own ? asker : holder)) };
  if (holders.length >= limit) return { kind: "full", count: holders.length };
  return { kind: "take", holders: [...holders, asker] };
}

/** The holders without a run; undefined when it was none of them. */
export function leavePlace(holders: readonly Holder[], run: RunId): readonly Holder[] | undefined {
  const left = holders.filter((holder) => holder.run !== run);
  return left.length === holders.length ? undefined : left;
}

/** A run that waits for a place. */
export interface Waiter {
  readonly run: RunId;
  readonly submittedAtMs: number;
}

/** Who goes first: whoever was submitted first. Negative: the left one. */
export function orderWaiters(left: Waiter, right: Waiter): number {
  return left.submittedAtMs - right.submittedAtMs || (left.run < right.run ? -1 : left.run > right.run ? 1 : 0);
}

/** Where a waiter belongs in a queue that is in order. */
export function placeInQueue(queue: readonly Waiter[], waiter: Waiter): number {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = queue[middle];
    if (other && orderWaiters(other, waiter) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
