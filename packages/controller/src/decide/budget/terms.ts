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

/** Concurrency stays below what the smallest plan of Okta allows, 35. */
export const defaultBudgetTerms: BudgetTerms = { maxShare: 0.8, interactiveReserve: 0.2, concurrency: 32 };

/** The terms that hold where a connection states some of them. */
export function budgetTermsOf(stated: Partial<BudgetTerms> | undefined): BudgetTerms {
  return stated ? { ...defaultBudgetTerms, ...stated } : defaultBudgetTerms;
}
