import type { Page, RestFailure } from "@longarm/shared/rest";
import type { BudgetGrant } from "../ports/budgets.ts";

/** The rights to fetch a stream's pages, each asked for before its page: as many as there are pages, and those are fetched in order. */
export class PagePermits {
  readonly #granted: BudgetGrant[] = [];
  readonly #next: () => Promise<BudgetGrant>;
  #first: BudgetGrant | undefined;
  #isClosed = false;

  /** `first` is there already; `next` is asked for each one behind it. */
  constructor(first: BudgetGrant, next: () => Promise<BudgetGrant>) {
    this.#first = first;
    this.#next = next;
  }

  /** Resolves once one more page may be fetched. */
  async permit(): Promise<void> {
    const grant = this.#first ?? (await this.#next());
    this.#first = undefined;
    if (this.#isClosed) grant.unused();
    else this.#granted.push(grant);
  }

  /** A page, or what came instead of it. */
  arrived(page: Page | RestFailure, retryAfterSeconds: number | null): void {
    const grant = this.#granted.shift();
    if (page.kind === "page") grant?.answered(page.status, page.record.rateLimit, retryAfterSeconds);
    else if (page.delivery === "not_sent") grant?.unused();
    else grant?.unanswered();
  }

  /** The last of them were for pages that nobody fetched. */
  unused(count: number): void {
    for (const grant of this.#granted.splice(Math.max(0, this.#granted.length - count))) grant.unused();
  }

  /** Nothing is fetched any more. What was granted and not told of may have been asked of the target. */
  close(): void {
    this.#isClosed = true;
    this.#first?.unused();
    for (const grant of this.#granted.splice(0)) grant.unanswered();
  }
}
