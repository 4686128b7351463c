/** How many requests a second, and how many at once after a pause. */
export interface BucketRule {
  readonly perSecond: number;
  readonly burst: number;
}

/** What was left of a bucket at a time (monotonic milliseconds). */
export interface TokenBucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** What became of one request, and the bucket behind it. */
export type BucketTake =
  | { readonly kind: "taken"; readonly bucket: TokenBucket }
  | { readonly kind: "empty"; readonly bucket: TokenBucket; readonly waitMs: number };

/** Takes one token; a bucket that is not known yet is full. Time that runs backwards fills nothing. */
export function takeToken(rule: BucketRule, before: TokenBucket | undefined, nowMs: number): BucketTake {
  const { perSecond, burst } = rule;
  const elapsedMs = before ? Math.max(0, nowMs - before.atMs) : 0;
  const filled = Math.min(burst, (before?.tokens ?? burst) + (elapsedMs * perSecond) / 1_000);
  if (filled >= 1) return { kind: "taken", bucket: { tokens: filled - 1, atMs: nowMs } };
  return { kind: "empty", bucket: { tokens: filled, atMs: nowMs }, waitMs: ((1 - filled) * 1_000) / perSecond };
}

/** Is the bucket full again by now, so that nothing need be remembered of it? */
export function isFull(rule: BucketRule, { tokens, atMs }: TokenBucket, nowMs: number): boolean {
  return tokens + (Math.max(0, nowMs - atMs) * rule.perSecond) / 1_000 >= rule.burst;
}
