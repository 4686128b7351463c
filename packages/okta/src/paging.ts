import { LongarmError } from "@longarm/shared";
import { nextLink } from "@longarm/shared/rest";
import type { ActionRequest, ActionResponse, ActionRest } from "@longarm/spoke";
import { accept } from "./errors.ts";
import { readList } from "./schemas.ts";

/**
 * The query of the page that follows, from the `link` header; undefined when there is none. Of the link only the query is followed,
 * on the path that we asked for: the credential goes nowhere else.
 */
export function nextQuery(link: string | undefined): Record<string, string> | undefined {
  const next = nextLink(link);
  if (next === null || !URL.canParse(next, "http://relative")) return undefined;
  return Object.fromEntries(new URL(next, "http://relative").searchParams);
}

/** The pages of a list, read as they are asked for. Throws `unexpected_response` when a page leads back to one that was read before. */
export async function* listPages(rest: ActionRest, request: ActionRequest): AsyncGenerator<ActionResponse, void, undefined> {
  let query: ActionRequest["query"] = request.query ?? {};
  const seen = new Set<string>();
  while (query !== undefined) {
    const cursor = JSON.stringify(query);
    if (seen.has(cursor)) throw new LongarmError("unexpected_response", "The link to the next page leads to a page that was read before.");
    seen.add(cursor);
    const response = accept(await rest.get({ ...request, query }));
    yield response;
    query = nextQuery(response.headers["link"]);
  }
}

/** The items of all pages of a list, read as they are asked for. Throws as `listPages` does. */
export async function* listItems(rest: ActionRest, request: ActionRequest): AsyncGenerator<unknown, void, undefined> {
  for await (const response of listPages(rest, request)) yield* readList(response.body);
}

/** What an action's output holds of a list at most; more is for a stream. */
export const mostItems = 10_000;

/** The first 10,000 items of a list over all its pages; `truncated` when there are more. */
export async function listUpTo(
  rest: ActionRest,
  request: ActionRequest,
): Promise<{ readonly items: readonly unknown[]; readonly truncated: boolean }> {
  const items: unknown[] = [];
  for await (const item of listItems(rest, request)) {
    if (items.length === mostItems) return { items, truncated: true };
    items.push(item);
  }
  return { items, truncated: false };
}
