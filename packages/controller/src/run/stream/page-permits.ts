import { LongarmError } from "@longarm/shared";
import type { Page, RestFailure } from "@longarm/shared/rest";
import type { BudgetGrant } from "../../ports/budgets.ts";

/** The rights to fetch a stream's pages, each asked for before its page: as many as there are pages, and those are fetched in order. */
export class PagePermits {
  readonly #granted: BudgetGrant[] = [];
  readonly #next: (signal: AbortSignal) => Promise<BudgetGrant>;
  readonly #closed = new AbortController();
  readonly #most: number;
  #asked = 0;
  #first: BudgetGrant | undefined;
  #asking: Promise<unknown> = Promise.resolve();

  /** `first` is there already; `next` is asked for each one behind it. Beyond `most` there is none, however long one waits. */
  constructor(first: BudgetGrant, most: number, next: (signal: AbortSignal) => Promise<BudgetGrant>) {
    this.#most = most;
    this.#first = first;
    this.#next = next;
  }

  /** Resolves once one more page may be fetched; rejects with what either signal was aborted for. */
  permit(signal: AbortSignal): Promise<void> {
    const asking = this.#permit(AbortSignal.any([signal, this.#closed.signal]));
    this.#asking = asking.catch(() => undefined);
    return asking;
  }

  /** A page, or what came instead of it. */
  arrived(page: Page | RestFailure, retryAfterSeconds: number | null): void {
    const grant = this.#granted.shift();
    if (page.kind === "page") grant?.answered(page.status, page.record.rateLimit, retryAfterSeconds);
    else if (page.delivery === "not_sent") grant?.unused();
    else grant?.unanswered();
  }

  /** The last of them were for pages that nobody fetches. */
  unused(count: number): void {
    for (const grant of this.#granted.splice(Math.max(0, this.#granted.length - count))) grant.unused();
  }

  /** Nothing is fetched any more. What was granted and not told of may have been asked of the target. Resolves when nobody asks any more. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#asking;
    this.#first?.unused();
    for (const grant of this.#granted.splice(0)) grant.unanswered();
  }

  async #permit(signal: AbortSignal): Promise<void> {
    const first = this.#first;
    this.#first = undefined;
    this.#asked += 1;
    if (this.#asked > this.#most) return aborted(signal);
    this.#granted.push(first ?? (await this.#next(signal)));
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(LongarmError.from(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
