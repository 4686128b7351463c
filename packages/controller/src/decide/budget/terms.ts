import type { BudgetTerms } from "@longarm/shared";

/** Of the 75 requests that Okta lets a workforce org have open, the same share. */
export const defaultBudgetTerms: BudgetTerms = { maxShare: 0.8, interactiveReserve: 0.2, concurrency: 60 };

/** The terms that hold where a connection states some of them. */
export function budgetTermsOf(stated: Partial<BudgetTerms> | undefined): BudgetTerms {
  return stated ? { ...defaultBudgetTerms, ...stated } : defaultBudgetTerms;
}
