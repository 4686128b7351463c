import { LongarmError } from "../errors.ts";
import type { RateLimit } from "./contract.ts";

/** The response headers that are kept, in lower case; all others are dropped where they arrive. */
export const keptHeaders: ReadonlySet<string> = new Set([
  "cache-control",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "dpop-nonce",
  "etag",
  "last-modified",
  "link",
  "location",
  "retry-after",
  "www-authenticate",
  "x-okta-request-id",
  "x-rate-limit-limit",
  "x-rate-limit-remaining",
  "x-rate-limit-reset",
]);

/** The request headers that a caller may set. Connection, length, host, credential and encoding are the executor's own. */
export const sendableHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "content-type",
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
  "prefer",
  // https://www.standardwebhooks.com: what a receiver tells a message by, and holds its signature to.
  "webhook-id",
  "webhook-signature",
  "webhook-timestamp",
]);

const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Appends a request's headers to `flat` (name, value, name, value). One that may not be sent throws `invalid_request`. */
export function appendHeaders(flat: string[], headers: Readonly<Record<string, string>>): void {
  for (const name in headers) {
    const value = headers[name] ?? "";
    if (!sendableHeaders.has(name) && !sendableHeaders.has(name.toLowerCase())) {
      throw new LongarmError(
        "invalid_request",
        `The header "${name.slice(0, 80)}" may not be set by a call; allowed are ${[...sendableHeaders].join(", ")}.`,
      );
    }
    if (!headerValue.test(value)) throw new LongarmError("invalid_request", `The header "${name}" has a value with a control character.`);
    flat.push(name, value);
  }
}

/** The kept ones of a response's headers. Repeated lines are joined by `, `, so that nothing of what the target said is lost. */
export function keepHeaders(received: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in received) {
    if (!keptHeaders.has(name)) continue;
    const value = received[name];
    if (value !== undefined) kept[name] = typeof value === "string" ? value : value.join(", ");
  }
  return kept;
}

// A gateway in front of the target may repeat these headers ("5, 5"); of several values the most careful one counts.
function readNumber(text: string | undefined, choose: (...values: number[]) => number): number | undefined {
  if (text === undefined) return undefined;
  const values = text.split(",").map((part) => Number(part.trim() || Number.NaN));
  return values.every((value) => Number.isFinite(value)) ? choose(...values) : undefined;
}

/** The target's word on its limit, or null when it said none that can be read. */
export function readRateLimit(headers: Readonly<Record<string, string>>): RateLimit | null {
  const limit = readNumber(headers["x-rate-limit-limit"], Math.min);
  const remaining = readNumber(headers["x-rate-limit-remaining"], Math.min);
  const reset = readNumber(headers["x-rate-limit-reset"], Math.max);
  if (limit === undefined || remaining === undefined || reset === undefined) return null;
  const date = Date.parse(headers["date"] ?? "");
  return { limit, remaining, reset, date: Number.isNaN(date) ? null : date / 1000 };
}
