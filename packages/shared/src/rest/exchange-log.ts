import type { LongarmError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { CallRecord, HttpMethod } from "./contract.ts";
import { pathShape } from "./path-shape.ts";
import { showHeaders } from "./shown-headers.ts";

/** How one HTTP request ended. */
export interface ExchangeEnd {
  readonly record: CallRecord;
  /** Of the response; empty: none came. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: the response arrived whole. */
  readonly error?: LongarmError;
}

/** One HTTP request, as it leaves. */
export interface Leaving {
  readonly method: HttpMethod;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly path: string;
  /** Names and values in turn, the credential's among them. */
  readonly headers: readonly string[];
}

function paired(flat: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) headers[flat[at] as string] = flat[at + 1] as string;
  return headers;
}

/**
 * Tells operators of each HTTP request: at debug one line when it is over, at trace one more when it leaves. Origin, the path's shape, and
 * the headers that may be shown; no bodies, no queries. Undefined where nobody would hear it, so that it costs nothing then.
 */
export function exchangeLog(logger: Logger | undefined): ((leaving: Leaving) => (end: ExchangeEnd) => void) | undefined {
  if (logger?.level !== "debug" && logger?.level !== "trace") return undefined;
  return ({ method, origin, path, headers: sent }) => {
    const request = { method, origin, path: pathShape(path) };
    if (logger.level === "trace") logger.trace({ ...request, headers: showHeaders(paired(sent)) }, "An HTTP request leaves.");
    return ({ record: { status, totalMs }, headers, error }) => {
      const facts = { ...request, status, ms: totalMs, headers: showHeaders(headers), ...(error && { code: error.code }) };
      logger.debug(facts, "An HTTP request is over.");
    };
  };
}
