import { LongarmError, type Clock } from "@longarm/shared";
import { isFull, takeToken, type BucketRule, type TokenBucket } from "../decide/token-bucket.ts";

// Nobody can make up principals without being let in, yet tokens of an issuer may name very many.
const mostRemembered = 10_000;

/** A token bucket for each principal, in this controller's memory: one who asks too much leaves the others their share. */
export class RateLimits {
  readonly #rule: BucketRule;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rule: BucketRule, clock: Clock) {
    this.#rule = rule;
    this.#clock = clock;
  }

  /** Throws `too_many_requests`, which says when to come again. */
  take(principal: string): void {
    const nowMs = this.#clock.monotonicMs();
    const taken = takeToken(this.#rule, this.#buckets.get(principal), nowMs);
    this.#buckets.delete(principal);
    this.#buckets.set(principal, taken.bucket);
    if (this.#buckets.size > mostRemembered) this.#forget(nowMs);
    if (taken.kind === "taken") return;
    const retryAfterSeconds = Math.max(1, Math.ceil(taken.waitMs / 1_000));
    const { perSecond, burst } = this.#rule;
    throw new LongarmError(
      "too_many_requests",
      `More than ${perSecond} requests a second, and ${burst} at once, were made by one principal; come again in ${retryAfterSeconds} s.`,
      { retryable: true, details: { retryAfterSeconds, perSecond, burst } },
    );
  }

  /** The full ones, or else the one that was asked the longest time ago. */
  #forget(nowMs: number): void {
    for (const [principal, bucket] of this.#buckets) if (isFull(this.#rule, bucket, nowMs)) this.#buckets.delete(principal);
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined && this.#buckets.size > mostRemembered) this.#buckets.delete(oldest);
  }
}
