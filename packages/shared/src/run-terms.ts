/**
 * How a try of a call may end that another one may follow. `not_sent`: it never reached the target. `unknown`: nobody knows whether it
 * took effect. `rate_limited`: 429. `target_error`: 408, and every 5xx but 501 and 505.
 */
export const retryOutcomes = ["not_sent", "unknown", "rate_limited", "target_error"] as const;
export type RetryOutcome = (typeof retryOutcomes)[number];

/** When a call is tried again. It may only narrow what the call's effect class allows. Milliseconds. */
export interface RetryPolicy {
  /** After which ends at all. */
  readonly on: readonly RetryOutcome[];
  /** Tries that count, the first one included; one that met a rate limit does not count. */
  readonly attempts: number;
  /** No try begins later than this after the first one; null: the count alone decides. */
  readonly withinMs: number | null;
  /** The longest that the first pause can be; each later one may be `factor` times as long, 1 for pauses that stay alike. */
  readonly firstPauseMs: number;
  readonly factor: number;
  readonly longestPauseMs: number;
}

/** As much of a policy as somebody stated; what is absent, a wider one says. */
export type RetryWish = Partial<RetryPolicy>;

/** On which terms a run is carried, beside what it does; absent members: as its connection says. Times are Unix milliseconds. */
export interface RunTerms {
  readonly retry?: RetryWish;
  /** Runs of one connection with the same key hold each other back. */
  readonly concurrencyKey?: string;
  /** How many runs may hold the key when this one takes it. */
  readonly concurrencyLimit?: number;
  /** When it must have been started. */
  readonly startByMs?: number;
  /** How long after its start it must have ended, in milliseconds. */
  readonly runWithinMs?: number;
}

/** Which actions need a second pair of eyes. */
export interface ApprovalRule {
  /** `destructive`, `changing`, and names of actions, `*` for any characters. */
  readonly actions: readonly string[];
}

/** How much of a target's limits the runs of a connection may use. */
export interface BudgetTerms {
  /** Of a bucket's limit, whoever used the rest: between 0 and 1. */
  readonly maxShare: number;
  /** Of that, what only interactive runs may use while there are any: from 0 to below 1. */
  readonly interactiveReserve: number;
  /** How many requests may be open at the target at once. */
  readonly concurrency: number;
  /** The target's plan, which its limits are assumed by until it names them; absent: the usual one. */
  readonly plan?: string;
}

/** What a connection says about the runs over it. Milliseconds. */
export interface ConnectionTerms {
  /** How many runs may be under way at once: of the connection, and of each concurrency key that does not say so itself. */
  readonly concurrency?: { readonly limit?: number; readonly keyLimit?: number };
  readonly retry?: RetryWish;
  /** As far as it differs from what holds else. */
  readonly budget?: Partial<BudgetTerms>;
  /** Which runs wait until somebody else than their submitter approves them. */
  readonly requireApproval?: ApprovalRule;
  /** How long a run may wait for its start. */
  readonly startWithinMs?: number;
  /** How long it may take from its start to its end; not for streams, which may be followed for ever. */
  readonly runWithinMs?: number;
}

/** What a run itself asks for; it goes before the connection's word. */
export type RunWishes = Omit<ConnectionTerms, "budget" | "concurrency" | "requireApproval"> &
  Pick<RunTerms, "concurrencyKey" | "concurrencyLimit">;
