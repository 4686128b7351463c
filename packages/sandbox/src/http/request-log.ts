interface LoggedRequest {
  readonly route: string;
  readonly status: number;
}

/** What is kept of past requests for `since`; older ones are only counted in all. */
const kept = 200_000;

/** Counts per route (`GET /api/v1/users/{id}`): requests, and how they were answered (0: the connection was cut). */
export type RouteCounts = Record<string, { requests: number; statuses: Record<string, number> }>;

function count(counts: RouteCounts, { route, status }: LoggedRequest): void {
  const entry = (counts[route] ??= { requests: 0, statuses: {} });
  entry.requests += 1;
  entry.statuses[status] = (entry.statuses[status] ?? 0) + 1;
}

/** The requests to the org's API, counted. */
export class RequestLog {
  readonly #totals: RouteCounts = {};
  #recent: LoggedRequest[] = [];
  #sequence = 0;

  add(request: LoggedRequest): void {
    this.#sequence += 1;
    count(this.#totals, request);
    this.#recent.push(request);
    if (this.#recent.length > kept * 2) this.#recent = this.#recent.slice(-kept);
  }

  /** How many requests there were so far; hand it back as `since` to count from here. */
  get sequence(): number {
    return this.#sequence;
  }

  /** The counts of all requests after the first `since`. */
  counts(since: number): RouteCounts {
    if (since <= 0) return this.#totals;
    const counts: RouteCounts = {};
    const wanted = Math.min(this.#sequence - since, this.#recent.length);
    for (const request of wanted > 0 ? this.#recent.slice(-wanted) : []) count(counts, request);
    return counts;
  }
}
