/**
 * Rate limits as Okta keeps them: per bucket a fixed window of a minute that starts at the bucket's first use, and a limit on
 * requests that are open at once. A request belongs to the bucket whose rule is the longest that matches its route's template.
 */

/** One bucket: the routes it covers and how many requests a window allows. */
export interface BucketRule {
  /** A route template, or a prefix of templates when it ends in `*`. */
  readonly covers: string;
  /** The methods it covers; absent means all. */
  readonly methods?: readonly string[];
  readonly perWindow: number;
}

/** The limits of one kind of org. */
export interface LimitTable {
  readonly buckets: readonly BucketRule[];
  /** Requests that may be open at once. */
  readonly concurrent: number;
}

export const limitNames = ["free", "workforce", "off"] as const;
/** The name of a published set of limits. */
export type LimitName = (typeof limitNames)[number];

const writes = ["POST", "PUT", "DELETE"] as const;

/** Published limits of workforce orgs; the numbers of the free plan are assumed within its published range of 20 to 100. */
export const limitTables: Readonly<Record<LimitName, LimitTable>> = {
  workforce: {
    concurrent: 75,
    buckets: [
      { covers: "/api/v1/apps*", perWindow: 100 },
      { covers: "/api/v1/apps/{appId}", perWindow: 500 },
      { covers: "/api/v1/groups", perWindow: 500 },
      { covers: "/api/v1/groups/{groupId}", perWindow: 1_000 },
      { covers: "/api/v1/users", perWindow: 600 },
      { covers: "/api/v1/users/{id}", methods: ["GET"], perWindow: 2_000 },
      { covers: "/api/v1/users/{id}", methods: writes, perWindow: 600 },
      { covers: "/api/v1/logs", perWindow: 120 },
      { covers: "*", perWindow: 1_200 },
    ],
  },
  free: {
    concurrent: 35,
    buckets: [
      { covers: "/api/v1/apps*", perWindow: 20 },
      { covers: "/api/v1/apps/{appId}", perWindow: 50 },
      { covers: "/api/v1/groups", perWindow: 50 },
      { covers: "/api/v1/groups/{groupId}", perWindow: 100 },
      { covers: "/api/v1/users", perWindow: 60 },
      { covers: "/api/v1/users/{id}", methods: ["GET"], perWindow: 100 },
      { covers: "/api/v1/users/{id}", methods: writes, perWindow: 60 },
      { covers: "/api/v1/logs", perWindow: 20 },
      { covers: "*", perWindow: 100 },
    ],
  },
  off: {
    concurrent: Number.POSITIVE_INFINITY,
    buckets: [{ covers: "*", perWindow: 1_000_000_000 }],
  },
};

interface Window {
  readonly rule: BucketRule;
  endsMs: number;
  used: number;
}

/** What the limits say to one request, in the terms of the rate-limit headers; `reset` is in seconds since the epoch. */
export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

function covers(rule: BucketRule, method: string, template: string): boolean {
  if (rule.methods && !rule.methods.includes(method)) return false;
  return rule.covers.endsWith("*") ? template.startsWith(rule.covers.slice(0, -1)) : rule.covers === template;
}

/** Okta names a reset for the concurrency limit too, which says nothing about when a place will be free. */
const concurrencyResetMs = 60_000;

/** Counts requests against a table of limits. */
export class RateLimits {
  readonly #table: LimitTable;
  readonly #windowMs: number;
  readonly #nowMs: () => number;
  readonly #windows = new Map<BucketRule, Window>();
  readonly #byRoute = new Map<string, BucketRule>();
  #open = 0;

  constructor(table: LimitTable, windowMs: number, nowMs: () => number) {
    this.#table = table;
    this.#windowMs = windowMs;
    this.#nowMs = nowMs;
  }

  /** Counts a request that has begun; every one must be followed by `end`. */
  begin(method: string, template: string): Allowance {
    this.#open += 1;
    const nowMs = this.#nowMs();
    if (this.#open > this.#table.concurrent) return this.#tooManyAtOnce(nowMs);
    const window = this.#windowOf(this.#ruleOf(method, template), nowMs);
    const limit = window.rule.perWindow;
    window.used += 1;
    const remaining = Math.max(0, limit - window.used);
    return {
      allowed: window.used <= limit,
      limit,
      remaining,
      reset: Math.ceil(window.endsMs / 1000),
    };
  }

  /** What the limits would say if this request were one too many in its window, or one too many at once. */
  spent(allowance: Allowance, concurrent: boolean): Allowance {
    return concurrent ? this.#tooManyAtOnce(this.#nowMs()) : { ...allowance, allowed: false, remaining: 0 };
  }

  #tooManyAtOnce(nowMs: number): Allowance {
    return { allowed: false, limit: 0, remaining: 0, reset: Math.ceil((nowMs + concurrencyResetMs) / 1000) };
  }

  /** Counts a request whose connection is done with. */
  end(): void {
    this.#open -= 1;
  }

  #ruleOf(method: string, template: string): BucketRule {
    const route = `${method} ${template}`;
    const known = this.#byRoute.get(route);
    if (known) return known;
    const matching = this.#table.buckets.filter((rule) => covers(rule, method, template));
    const longest = matching.toSorted((a, b) => b.covers.length - a.covers.length)[0] ?? {
      covers: "*",
      perWindow: Number.MAX_SAFE_INTEGER,
    };
    this.#byRoute.set(route, longest);
    return longest;
  }

  #windowOf(rule: BucketRule, nowMs: number): Window {
    let window = this.#windows.get(rule);
    if (!window) {
      window = { rule, endsMs: nowMs + this.#windowMs, used: 0 };
      this.#windows.set(rule, window);
    } else if (nowMs >= window.endsMs) {
      window.endsMs = nowMs + this.#windowMs;
      window.used = 0;
    }
    return window;
  }
}
