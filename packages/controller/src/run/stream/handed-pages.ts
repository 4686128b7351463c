import type { LongarmError } from "@longarm/shared";
import type { PageContent, PageKeeper } from "./follow-stream.ts";
import { lapsed, type SegmentEnd } from "./segment-end.ts";

/** Hands pages on, one at a time, to whoever asks for them; one counts as kept when the next one is asked for. */
export class HandedPages implements PageKeeper {
  readonly #term: () => number | undefined;
  #offered = Promise.withResolvers<PageContent | undefined>();
  #taken = Promise.withResolvers<void>();
  #resumeAt: string | null;
  #isOver = false;
  itemCount = 0;
  pageCount = 0;

  /** Begins at that cursor. `term`: of the lease that holds now. */
  constructor(cursor: string | null, term: () => number | undefined) {
    this.#resumeAt = cursor;
    this.#term = term;
    // Whoever waits for a page sees the fault; nobody may be waiting.
    this.#offered.promise.catch(() => undefined);
  }

  get resumeAt(): string | null {
    return this.#resumeAt;
  }

  wantsMore(): boolean {
    return !this.#isOver;
  }

  isNews(): boolean {
    return true;
  }

  async keep(content: PageContent, term: number): Promise<SegmentEnd | undefined> {
    // The sink's fence shuts out a former owner as well; this one spares it the try.
    if (this.#term() !== term) return lapsed();
    this.#offered.resolve(content);
    await this.#taken.promise;
    this.#taken = Promise.withResolvers<void>();
    if (this.#isOver) return undefined;
    this.#resumeAt = content.next;
    this.#isOver = content.next === null;
    this.itemCount += content.items.length;
    this.pageCount += 1;
    return undefined;
  }

  /** The next page; undefined: there is none. Rejects with what ended the reading. */
  async next(): Promise<PageContent | undefined> {
    const page = await this.#offered.promise;
    if (page) this.#renew();
    return page;
  }

  /** The page that was taken last is done with. */
  done(): void {
    this.#taken.resolve();
  }

  /** No more is wanted. */
  stop(): void {
    this.#isOver = true;
    this.#taken.resolve();
  }

  /** No more comes, for that reason if there is one. */
  end(reason?: LongarmError): void {
    if (reason) this.#offered.reject(reason);
    else this.#offered.resolve(undefined);
  }

  #renew(): void {
    this.#offered = Promise.withResolvers<PageContent | undefined>();
    this.#offered.promise.catch(() => undefined);
  }
}
