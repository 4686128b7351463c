/** The kinds of fault that can be asked for, and what each does to the requests it meets. */
export const faultKinds = {
  latency: "waits `ms`, then serves the request, also when the client has gone meanwhile",
  status:
    "answers with `status` and `body` (default: Okta's own; with 429 the headers say so too, with `concurrent: true` as at too many requests at once); before the request is applied, or after it when `apply` is true",
  cutBefore: "closes the connection without applying the request",
  cutAfterApply: "applies the request, then closes the connection without an answer",
  halfBody: "applies the request, sends the headers and half of the body, then closes the connection",
  wrongJson: "applies the request and answers with a body that is no JSON",
  slowDrip: "applies the request and sends the body in pieces of `bytes`, one every `ms`",
} as const;

/** What a fault does to the requests it meets. */
export type FaultKind = keyof typeof faultKinds;

/** A fault as it is asked for. */
export interface FaultRequest {
  readonly match: {
    readonly method?: string;
    /** A route template (`/api/v1/users/{id}`), or the start of a path. */
    readonly path?: string;
    /** How many requests it meets before it is used up; absent means any number. */
    readonly count?: number;
    /** How many matching requests pass unharmed first. */
    readonly skip?: number;
  };
  readonly kind: FaultKind;
  readonly ms?: number;
  readonly status?: number;
  readonly body?: unknown;
  readonly apply?: boolean;
  /** With the status 429: that of too many requests at once, whose headers name a limit of 0. */
  readonly concurrent?: boolean;
  readonly bytes?: number;
}

/** A fault in force: what was asked, and how many requests it has met. */
export interface Fault extends FaultRequest {
  readonly id: number;
  hits: number;
  skipped: number;
}

function matches(fault: Fault, method: string, place: { path: string; template: string }): boolean {
  const { match } = fault;
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  return match.path.includes("{") ? match.path === place.template : place.path.startsWith(match.path);
}

/** The faults in force, oldest first; the first that matches a request meets it. */
export class Faults {
  readonly #faults = new Map<number, Fault>();
  #next = 1;

  add(request: FaultRequest): Fault {
    const fault = { ...request, id: this.#next, hits: 0, skipped: 0 };
    this.#next += 1;
    this.#faults.set(fault.id, fault);
    return fault;
  }

  /** All faults, used-up ones included, so that a test can see how often each was met. */
  all(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  clear(): void {
    this.#faults.clear();
  }

  /** The fault that this request meets; it is counted. */
  take(method: string, place: { path: string; template: string }): Fault | undefined {
    if (this.#faults.size === 0) return undefined;
    for (const fault of this.#faults.values()) {
      if (fault.hits >= (fault.match.count ?? Infinity) || !matches(fault, method, place)) continue;
      if (fault.skipped < (fault.match.skip ?? 0)) {
        fault.skipped += 1;
        continue;
      }
      fault.hits += 1;
      return fault;
    }
    return undefined;
  }
}
