import type { PageOutcome, PageRequest, Pages } from "@longarm/sync";

/** Alters, leaves out or fails outcomes on their way; what it throws is thrown by the reading. */
export type Alter = (
  outcome: PageOutcome,
  of: { readonly request: PageRequest; readonly cursor: string | null; readonly isFirst: boolean },
) => PageOutcome | Promise<PageOutcome>;

/** Pages with somebody in between. A refused cursor or an absent list ends the reading, as it would. */
export function alteredPages(pages: Pages, alter: Alter): Pages {
  async function* read(request: PageRequest, options: Parameters<Pages["read"]>[1]): AsyncGenerator<PageOutcome> {
    let { cursor } = options;
    let isFirst = true;
    for await (const outcome of pages.read(request, options)) {
      const altered = await alter(outcome, { request, cursor, isFirst });
      isFirst = false;
      yield altered;
      if (altered.kind !== "page") return;
      ({ cursor } = altered);
    }
  }
  return { read };
}
