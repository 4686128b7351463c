import type { BudgetTerms, Lane } from "@longarm/shared";
import type { HttpMethod, RateLimit } from "@longarm/shared/rest";

/** One request that somebody wants to make. */
export interface BudgetAsk {
  /** The connection's base URL; its origin is the target that all who reach it share. */
  readonly baseUrl: string;
  readonly terms: BudgetTerms;
  readonly lane: Lane;
  readonly method: HttpMethod;
  /** With the base's prefix, without a query. */
  readonly path: string;
  /** A page behind the first one: its stream has one request open at a time and takes no place. */
  readonly isNextPage?: boolean;
}

/** The right to make one request. It is given back in one of three ways, once; what comes later does nothing. */
export interface BudgetGrant {
  /** The target answered, with its word on its limit. */
  answered(status: number, said: RateLimit | null, retryAfterSeconds?: number | null): void;
  /** No answer came; the target may have counted the request. */
  unanswered(): void;
  /** No request was made. */
  unused(): void;
}

/** What is known of a bucket, as people are shown it. Milliseconds are left from now on. */
export interface BucketView {
  readonly bucket: string;
  /** Of a window, as the target says or as is assumed; null: none is known. */
  readonly limit: number | null;
  /** Has the target named the limit itself? */
  readonly isKnown: boolean;
  /** By the target's last word, what is pending taken off; null: it has not spoken in this window. */
  readonly remaining: number | null;
  /** How many requests of a window runs of this connection may make. */
  readonly share: number | null;
  readonly pending: number;
  /** Until the window ends; null: none is known. */
  readonly resetInMs: number | null;
  /** Until it may be asked again; null: it may. */
  readonly pausedForMs: number | null;
  readonly waiting: Readonly<Record<Lane, number>>;
}

/** What is known of a target's limits. */
export interface BudgetView {
  readonly target: string;
  /** How many requests may be open at once now, and how many are. */
  readonly places: { readonly limit: number; readonly open: number };
  readonly buckets: readonly BucketView[];
}

/** What may still be asked of each target, shared by all executors of all controllers. */
export interface Budgets {
  /** The right to make the request now; undefined: there is none, or others wait for it already. */
  tryTake(ask: BudgetAsk): BudgetGrant | undefined;
  /** The right, when it is this one's turn: by lane, then by time. Rejects with what the signal was aborted for, as a LongarmError. */
  take(ask: BudgetAsk, signal: AbortSignal): Promise<BudgetGrant>;
  /** Why such a request would have to wait now, as a sentence with its counts. */
  explain(ask: BudgetAsk): string;
  /** `terms` are those of the connection that is looked at. */
  view(of: Pick<BudgetAsk, "baseUrl" | "terms">): BudgetView;
}
