import { type Answer, type ApiRequest, answer, type Route } from "../http/exchange.ts";
import { refuseCursor } from "../http/paging.ts";
import { compilePredicate } from "../state/expressions/evaluate.ts";
import { logFilterRules, readLogAttribute } from "../state/log/log-rules.ts";
import type { LogEvent } from "../state/log/log-event.ts";
import type { WrittenEvent } from "../state/log/system-log.ts";
import { type Refusal, refuseInvalid } from "../state/refusal.ts";
import { readExpression } from "./expression.ts";

const usualLimit = 100;
const mostPerPage = 1_000;
const weekMs = 7 * 24 * 3_600_000;
const mostKeywords = 10;
const longestKeyword = 40;

type Test = (event: LogEvent) => boolean;

/** What a request asks of the log. */
interface Wish {
  readonly sinceMs: number;
  /** Undefined: the log is polled, so that there is always a next page. */
  readonly untilMs: number | undefined;
  readonly descending: boolean;
  readonly limit: number;
  /** The place behind which the page begins; undefined: the first page. */
  readonly after: number | undefined;
  readonly test: Test;
}

function timeOf({ query }: ApiRequest, name: string): number | undefined | Refusal {
  const text = query.get(name);
  if (text === null) return undefined;
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? refuseInvalid(name, `${name}: The date format in your query is not recognized`) : ms;
}

function limitOf({ query }: ApiRequest): number | Refusal {
  const text = query.get("limit") ?? String(usualLimit);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return limit <= mostPerPage ? limit : refuseInvalid("limit", `limit: The limit must be between 0 and ${mostPerPage}`);
}

function testOf({ query }: ApiRequest): Test | Refusal {
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > mostKeywords || words.some((word) => word.length > longestKeyword))
    return refuseInvalid("q", `q: At most ${mostKeywords} keywords of ${longestKeyword} characters are allowed`);
  const hasWords: Test = (event) => {
    const text = words.length === 0 ? "" : JSON.stringify(event).toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const filter = query.get("filter");
  if (filter === null) return hasWords;
  const read = readExpression("filter", filter, logFilterRules);
  if (read.kind === "refused") return read;
  const predicate = compilePredicate(read.expression, logFilterRules);
  return (event) => hasWords(event) && predicate((attribute) => readLogAttribute(event, attribute));
}

function readWish(request: ApiRequest): Wish | Refusal {
  const [since, until, limit, test] = [timeOf(request, "since"), timeOf(request, "until"), limitOf(request), testOf(request)];
  for (const part of [since, until, limit, test]) if (typeof part === "object") return part;
  const descending = request.query.get("sortOrder")?.toUpperCase() === "DESCENDING";
  const nowMs = request.org.nowMs();
  const untilMs = (until as number | undefined) ?? (descending ? nowMs : undefined);
  const cursor = request.query.get("after");
  const after = cursor === null ? undefined : readCursor(cursor);
  if (cursor !== null && after === undefined) return refuseCursor();
  const sinceMs = (since as number | undefined) ?? (untilMs ?? nowMs) - weekMs;
  return { sinceMs, untilMs, descending, limit: limit as number, after, test: test as Test };
}

function readCursor(cursor: string): number | undefined {
  const place = /^\d{13}_(\d{1,12})$/.exec(cursor)?.[1];
  return place === undefined ? undefined : Number(place);
}

/** The events that the wish finds behind its cursor, in its order. */
function* matching({ org }: ApiRequest, { sinceMs, untilMs, descending, after, test }: Wish): Generator<WrittenEvent> {
  const fits = ({ event }: WrittenEvent): boolean => {
    const ms = Date.parse(event.published);
    return ms >= sinceMs && (untilMs === undefined || ms < untilMs) && test(event);
  };
  if (!descending) return yield* org.log.after(after ?? 0).filter(fits);
  yield* [...org.log.after(0)].filter((written) => written.place < (after ?? Number.POSITIVE_INFINITY) && fits(written)).toReversed();
}

function list(request: ApiRequest): Answer | Refusal {
  const wish = readWish(request);
  if ("kind" in wish) return wish;
  const found: WrittenEvent[] = [];
  let hasMore = false;
  for (const written of matching(request, wish)) {
    hasMore = found.length === wish.limit;
    if (hasMore) break;
    found.push(written);
  }
  // One who polls keeps the link as the cursor, behind an empty page too.
  const last = found.at(-1)?.place ?? wish.after ?? request.org.log.end;
  const isPolling = wish.untilMs === undefined;
  const links = ["link", `<${linkTo(request, undefined)}>; rel="self"`];
  if (isPolling || (hasMore && found.length > 0)) links.push("link", `<${linkTo(request, last)}>; rel="next"`);
  return answer(`[${found.map(({ event }) => JSON.stringify(event)).join(",")}]`, { headers: links });
}

function linkTo({ org, origin, path, query }: ApiRequest, after: number | undefined): string {
  const next = new URLSearchParams(query);
  if (after !== undefined) next.set("after", `${org.nowMs()}_${after}`);
  return `${origin}${path}?${next.toString()}`;
}

/** The system log, bounded or polled. */
export const logRoutes: readonly Route[] = [{ method: "GET", template: "/api/v1/logs", handle: list }];
