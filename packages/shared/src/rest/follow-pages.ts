import { LongarmError } from "../errors.ts";
import type { Page, RestFailure } from "./contract.ts";

/** Fetches one page by its cursor; null is the first page. Never throws. */
export type FetchPage = (cursor: string | null, signal: AbortSignal) => Promise<Page | RestFailure>;

/** How far the fetching may run ahead of the consumer. */
export interface PageWindow {
  /** Pages beyond the one that the consumer holds; at least 1. */
  readonly pagesAhead: number;
  /** Bytes of pages that are held or wait. One page is always allowed, however large. */
  readonly windowBytes: number;
}

/**
 * Notices a cursor that came before, in constant memory (Brent's method): it compares with one remembered cursor, which it renews
 * after 1, 2, 4, 8, … steps. A cursor that repeats at once is seen at once, a longer loop within about three of its rounds.
 */
class LoopGuard {
  #remembered: string | null;
  #current: string | null;
  #steps = 0;
  #renewAt = 1;

  constructor(first: string | null) {
    this.#remembered = first;
    this.#current = first;
  }

  hasSeen(cursor: string): boolean {
    if (cursor === this.#current || cursor === this.#remembered) return true;
    this.#current = cursor;
    this.#steps += 1;
    if (this.#steps === this.#renewAt) {
      this.#remembered = cursor;
      this.#renewAt *= 2;
      this.#steps = 0;
    }
    return false;
  }
}

/** Pages on their way: one is fetched after the other, as long as the window has room. */
class PageFeed {
  readonly #fetch: FetchPage;
  readonly #window: PageWindow;
  readonly #signal: AbortSignal;
  readonly #guard: LoopGuard | undefined;
  readonly #ready: (Page | RestFailure)[] = [];
  #cursor: string | null;
  #fetching = false;
  #complete = false;
  #waitingBytes = 0;
  #heldBytes = 0;
  #lastBytes = 0;
  #wake: (() => void) | undefined;

  constructor(options: { fetch: FetchPage; first: string | null; window: PageWindow; signal: AbortSignal; mayRepeat: boolean }) {
    this.#fetch = options.fetch;
    this.#window = options.window;
    this.#signal = options.signal;
    this.#cursor = options.first;
    this.#guard = options.mayRepeat ? undefined : new LoopGuard(options.first);
  }

  /** The next page, once it has arrived; undefined after the last. Gives up the one before. */
  async take(): Promise<Page | RestFailure | undefined> {
    this.#heldBytes = 0;
    this.#pump();
    while (this.#ready.length === 0 && !this.#complete) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const page = this.#ready.shift();
    if (page?.kind === "page") {
      this.#heldBytes = page.body.byteLength;
      this.#waitingBytes -= page.body.byteLength;
    }
    this.#pump();
    return page;
  }

  #hasRoom(): boolean {
    if (this.#ready.length === 0 && this.#heldBytes === 0) return true;
    // The next page is taken to be as large as the last one.
    const bytes = this.#heldBytes + this.#waitingBytes + this.#lastBytes;
    return this.#ready.length < this.#window.pagesAhead && bytes <= this.#window.windowBytes;
  }

  #pump(): void {
    if (this.#fetching || this.#complete || !this.#hasRoom()) return;
    this.#fetching = true;
    void this.#fetch(this.#cursor, this.#signal).then((page) => this.#accept(page));
  }

  #accept(page: Page | RestFailure): void {
    this.#fetching = false;
    this.#ready.push(page);
    if (page.kind === "page" && page.next !== null && this.#guard?.hasSeen(page.next)) {
      this.#ready.push(looping(page));
      this.#complete = true;
    }
    if (page.kind === "page") {
      this.#lastBytes = page.body.byteLength;
      this.#waitingBytes += page.body.byteLength;
      this.#cursor = page.next;
    }
    if (page.kind === "failure" || page.next === null) this.#complete = true;
    this.#wake?.();
    this.#wake = undefined;
    this.#pump();
  }
}

/** More pages of it would be the same ones again, and taking it for the end would hide all that was never shown. */
function looping({ record }: Page): RestFailure {
  const message = "The link to the next page leads to a page that was read before, so the list has no end that can be reached.";
  return { kind: "failure", delivery: "unknown", error: new LongarmError("unexpected_response", message), record };
}

/**
 * The pages from `first` on, in order, each fetched by the cursor of the one before. Ends after the page without a cursor, after a
 * failure, and with the failure `unexpected_response` behind a page whose cursor came before, unless cursors `mayRepeat`. Leaving the loop early aborts what is being fetched.
 */
export async function* followPages(
  fetch: FetchPage,
  options: { readonly first: string | null; readonly window: PageWindow; readonly signal: AbortSignal; readonly mayRepeat?: boolean },
): AsyncGenerator<Page | RestFailure, void, undefined> {
  const own = new AbortController();
  const { first, window, mayRepeat = false } = options;
  const feed = new PageFeed({ fetch, first, window, mayRepeat, signal: AbortSignal.any([options.signal, own.signal]) });
  try {
    for (let page = await feed.take(); page; page = await feed.take()) yield page;
  } finally {
    own.abort();
  }
}
