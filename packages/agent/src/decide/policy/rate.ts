import type { Rate } from "./policy.ts";

/** What is left of a rate: tokens that come back evenly over time, as many at most as the rate lets through in its span. */
export interface Bucket {
  readonly tokens: number;
  /** Monotonic milliseconds for which `tokens` was reckoned. */
  readonly atMs: number;
}

/** A bucket that has not been used. */
export function fullBucket({ requests }: Rate, atMs: number): Bucket {
  return { tokens: requests, atMs };
}

/** Takes one token, or says in how many milliseconds there will be one. */
export function take(
  rate: Rate,
  bucket: Bucket,
  nowMs: number,
): { readonly kind: "taken"; readonly bucket: Bucket } | { readonly kind: "empty"; readonly afterMs: number } {
  const perToken = rate.perMs / rate.requests;
  const tokens = Math.min(rate.requests, bucket.tokens + Math.max(0, nowMs - bucket.atMs) / perToken);
  if (tokens >= 1) return { kind: "taken", bucket: { tokens: tokens - 1, atMs: Math.max(nowMs, bucket.atMs) } };
  return { kind: "empty", afterMs: Math.max(1, Math.ceil((1 - tokens) * perToken)) };
}
