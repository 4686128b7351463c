import type { PageRequest } from "@longarm/shared/rest";
import type { PageLine } from "./page-line.ts";

const endOfTurn = (): Promise<false> => new Promise((resolve) => setImmediate(() => resolve(false)));

/**
 * Asks for the permits of a line's pages, one after the other, and hands each to the agent, for as long as fewer than `ahead` pages are
 * permitted and not yet taken. What was permitted and never fetched is given back in the end.
 */
export class PagePump {
  readonly #line: PageLine;
  readonly #request: PageRequest;
  readonly #ended = new AbortController();
  /** Pages that are permitted and not taken by the consumer. */
  #ahead: number;
  readonly #most: number;
  #pumping: Promise<void> | undefined;

  /** `ahead` pages are permitted in the call itself. */
  constructor(line: PageLine, { request, ahead, most }: { readonly request: PageRequest; readonly ahead: number; readonly most: number }) {
    this.#line = line;
    this.#request = request;
    this.#ahead = ahead;
    this.#most = most;
  }

  /** Begins, or goes on. */
  pump(): void {
    this.#pumping ??= this.#pump().finally(() => (this.#pumping = undefined));
  }

  /** The consumer is done with a page and will ask for another. */
  taken(): void {
    this.#ahead -= 1;
    if (!this.#request.permit) return this.#hand();
    this.pump();
  }

  /** Nothing is fetched any more. `isWhole`: the agent has sent the last page, so it has fetched no other. */
  async end(isWhole: boolean): Promise<void> {
    const left = this.#line.permits;
    this.#ended.abort();
    await this.#pumping;
    if (isWhole && left > 0) this.#request.unused?.(left);
  }

  async #pump(): Promise<void> {
    const { permit, unused } = this.#request;
    const { signal } = this.#ended;
    if (!permit) return;
    while (this.#ahead < this.#most && !this.#line.isComplete) {
      const asked = permit(signal).then(
        () => true,
        () => undefined,
      );
      // A wait for a permit keeps no credit from the pages that are on their way.
      if ((await Promise.race([asked, endOfTurn()])) === false) this.#line.giveBack();
      if (!(await asked)) return;
      if (this.#line.isComplete || signal.aborted) return unused?.(1);
      this.#hand();
    }
  }

  #hand(): void {
    this.#ahead += 1;
    this.#line.permit();
  }
}
