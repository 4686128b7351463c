import type { PageContent, PageKeeper } from "./follow-stream.ts";
import { lapsed, type SegmentEnd } from "./segment-end.ts";

/** Keeps the first page that comes, and wants no other. */
export class OnePage implements PageKeeper {
  readonly mostPages = 1;
  readonly resumeAt: string | null;
  readonly #term: () => number | undefined;
  readonly #onKept: () => void;
  #page: PageContent | undefined;

  /** The page at that cursor. `term`: of the lease that holds now; `onKept` is told that nothing more is wanted. */
  constructor(cursor: string | null, { term, onKept }: { readonly term: () => number | undefined; readonly onKept: () => void }) {
    this.resumeAt = cursor;
    this.#term = term;
    this.#onKept = onKept;
  }

  /** Undefined: none has come. */
  get page(): PageContent | undefined {
    return this.#page;
  }

  get itemCount(): number {
    return this.#page?.items.length ?? 0;
  }

  get pageCount(): number {
    return this.#page ? 1 : 0;
  }

  wantsMore(): boolean {
    return this.#page === undefined;
  }

  isNews(): boolean {
    return true;
  }

  async keep(content: PageContent, term: number): Promise<SegmentEnd | undefined> {
    if (this.#term() !== term) return lapsed();
    this.#page = content;
    this.#onKept();
    return undefined;
  }
}
