import type { BudgetTerms } from "@longarm/shared";

/** Concurrency stays below what the smallest plan of Okta allows, 35. */
export const defaultBudgetTerms: BudgetTerms = { maxShare: 0.8, interactiveReserve: 0.2, concurrency: 32 };

/** The terms that hold where a connection states some of them. */
export function budgetTermsOf(stated: Partial<BudgetTerms> | undefined): BudgetTerms {
  return stated ? { ...defaultBudgetTerms, ...stated } : defaultBudgetTerms;
}
