import { type Refusal, refuse, refuseInvalid } from "../state/refusal.ts";
import { type Answer, type ApiRequest, answer } from "./exchange.ts";

/** How one endpoint pages. */
export interface PagingRules {
  readonly defaultLimit: number;
  /** A larger `limit` is served as this one. */
  readonly maxLimit: number;
  /** A smaller `limit` is served as this one, which is assumed. Default 1. */
  readonly minLimit?: number;
}

/** A page's size, and its cursor as it came. */
export interface PageRequest {
  readonly limit: number;
  readonly after: string | null;
}

/** Reads `limit` and `after`. */
export function readPage(request: ApiRequest, rules: PagingRules): ({ readonly kind: "page" } & PageRequest) | Refusal {
  const given = request.query.get("limit");
  const after = request.query.get("after");
  if (given === null) return { kind: "page", limit: rules.defaultLimit, after };
  if (!/^-?\d{1,9}$/.test(given)) return refuseInvalid("limit", "limit: The value must be an integer");
  const limit = Number(given);
  return {
    kind: "page",
    limit: limit < 1 ? rules.defaultLimit : Math.min(Math.max(limit, rules.minLimit ?? 1), rules.maxLimit),
    after,
  };
}

/** The refusal of a cursor that this endpoint did not give. */
export function refuseCursor(): Refusal {
  return refuse("E0000029", undefined, ["Invalid cursor."]);
}

// Okta's own user cursors look like this: the digit 2, then the id of the last object of the page.
const cursorMark = "2";

/** The cursor that stands after the object with this id. */
export function cursorAfter(id: string): string {
  return cursorMark + id;
}

/** The index from which the page starts; `indexOf` reads the id of the last object of the page before. */
export function startOf(page: PageRequest, indexOf: (id: string) => number | undefined): { kind: "start"; index: number } | Refusal {
  if (page.after === null) return { kind: "start", index: 0 };
  const index = page.after.startsWith(cursorMark) ? indexOf(page.after.slice(1)) : undefined;
  return index === undefined ? refuseCursor() : { kind: "start", index: index + 1 };
}

function linkTo(request: ApiRequest, changes: Readonly<Record<string, string>>, forgets: readonly string[] = []): string {
  const query = new URLSearchParams(request.query);
  for (const name of forgets) query.delete(name);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  const text = query.toString();
  return `${request.origin}${request.path}${text && `?${text}`}`;
}

interface Listed<T> {
  readonly page: PageRequest;
  /** The items from the page's start on; no more than the page needs are drawn. */
  readonly items: Iterable<T>;
  readonly show: (item: T) => string;
  /** The cursor after an item; absent for lists that do not page. */
  readonly cursor?: (item: T) => string;
  /** Members of the query that the link to the next page leaves out, as Okta's does on some endpoints. */
  readonly forgets?: readonly string[];
}

/** Answers with one page: a JSON array, and `Link` headers, each a line of its own, to itself and to the next page if there is one. */
export function answerPage<T>(request: ApiRequest, { page, items, show, cursor, forgets }: Listed<T>): Answer {
  const shown: string[] = [];
  let last: T | undefined;
  let hasMore = false;
  for (const item of items) {
    hasMore = shown.length === page.limit;
    if (hasMore) break;
    shown.push(show(item));
    last = item;
  }
  const limit = String(page.limit);
  const headers = ["link", `<${linkTo(request, { limit })}>; rel="self"`];
  if (hasMore && cursor && last !== undefined)
    headers.push("link", `<${linkTo(request, { after: cursor(last), limit }, forgets)}>; rel="next"`);
  return answer(`[${shown.join(",")}]`, { headers });
}
