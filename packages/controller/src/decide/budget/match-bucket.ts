import type { LimitRule, LimitTable } from "@longarm/shared";

/** A bucket, and what is assumed of it until the target speaks. */
export interface MatchedBucket {
  /** Names it among those of its target. */
  readonly name: string;
  readonly windowMs: number;
  /** Requests in a window; null: none is known. */
  limit(plan: string | undefined): number | null;
}

/** What no rule covers is one bucket that has the limit which the target names, if it names one. */
const uncovered: MatchedBucket = { name: "*", windowMs: 60_000, limit: () => null };

/** A function that finds the bucket of a request: that of the longest rule which matches. Remembers none of the paths. */
export function bucketMatcher(tables: readonly LimitTable[]): (method: string, path: string) => MatchedBucket {
  const known = tables
    .flatMap((table) => table.rules.map((rule) => ({ rule, bucket: bucketOf(rule, table), covers: compile(rule.bucket) })))
    .toSorted((a, b) => b.rule.bucket.length - a.rule.bucket.length);
  return (method, path) =>
    known.find(({ rule, covers }) => (rule.methods?.includes(method) ?? true) && covers.test(path))?.bucket ?? uncovered;
}

function bucketOf({ bucket, methods, perWindow }: LimitRule, { windowMs, plan: usual }: LimitTable): MatchedBucket {
  const name = methods ? `${methods.join("|")} ${bucket}` : bucket;
  return { name, windowMs, limit: (plan = usual) => perWindow[plan] ?? perWindow[usual] ?? null };
}

function compile(bucket: string): RegExp {
  const isOpen = bucket.endsWith("*");
  const segments = (isOpen ? bucket.slice(0, -1) : bucket).split(/\{[^}]*\}/).map((part) => part.replaceAll(/[.+?^$()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${segments.join("[^/]+")}${isOpen ? "" : "$"}`);
}
