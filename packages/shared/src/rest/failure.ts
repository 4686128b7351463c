import type { Delivery } from "../effect.ts";
import { LongarmError } from "../errors.ts";

/** What ended an exchange, and what is known of it. */
export interface Ending {
  readonly reason: unknown;
  /** Was the request handed to a connected socket, so that its first byte may have left? */
  readonly started: boolean;
  /** Host and port of the target. */
  readonly host: string;
}

/** Why an exchange ended without a whole response. */
export interface Failure {
  readonly delivery: Delivery;
  readonly error: LongarmError;
}

/** The exchange took longer than its request allows. */
export class ExchangeTimeout extends Error {
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`No whole answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

const codeOfSignal: Readonly<Record<string, "cancelled" | "deadline_exceeded">> = {
  AbortError: "cancelled",
  TimeoutError: "deadline_exceeded",
};

/** The error that an aborted signal stands for: its reason where that is a LongarmError, else `cancelled` or `deadline_exceeded`. */
export function abortError(signal: AbortSignal): LongarmError {
  const reason: unknown = signal.reason;
  if (reason instanceof LongarmError) return reason;
  const code = reason instanceof Error ? codeOfSignal[reason.name] : undefined;
  return new LongarmError(code ?? "cancelled", undefined, { cause: reason });
}

function codeOf(reason: unknown): string {
  const code = (reason as { code?: unknown } | null | undefined)?.code;
  if (typeof code === "string") return code;
  return reason instanceof Error ? reason.message : String(reason);
}

function notStarted({ reason, host }: Ending): LongarmError {
  const code = codeOf(reason);
  if (code === "UND_ERR_INVALID_ARG")
    return new LongarmError("invalid_request", `The request to ${host} cannot be sent: ${(reason as Error).message}.`, { cause: reason });
  const why = reason instanceof ExchangeTimeout ? `no connection within ${reason.timeoutMs} ms` : code;
  return new LongarmError("target_unreachable", `${host} could not be reached (${why}), so nothing was sent.`, {
    retryable: true,
    cause: reason,
    details: { host, reason: why },
  });
}

function isNoHttp(reason: unknown, code: string): boolean {
  return (reason instanceof Error && reason.name === "HTTPParserError") || code === "UND_ERR_HEADERS_OVERFLOW";
}

function afterStart({ reason, host }: Ending): LongarmError {
  if (reason instanceof ExchangeTimeout) {
    return new LongarmError("target_timeout", `${host} did not answer within ${reason.timeoutMs} ms; the request may have taken effect.`, {
      retryable: true,
      details: { host, timeoutMs: reason.timeoutMs },
    });
  }
  const code = codeOf(reason);
  if (isNoHttp(reason, code)) {
    // The parser's error holds what arrived, which is nobody's to keep: it does not become a cause.
    return new LongarmError(
      "unexpected_response",
      `What ${host} answered is no HTTP response (${code}); the request may have taken effect.`,
      {
        details: { host, reason: code },
      },
    );
  }
  return new LongarmError("target_reset", `The connection to ${host} broke (${code}) after the request may have left.`, {
    retryable: true,
    cause: reason,
    details: { host, reason: code },
  });
}

/** Sorts what ended an exchange: into what was surely not sent, and what may have been. */
export function toFailure(ending: Ending): Failure {
  const delivery: Delivery = ending.started ? "unknown" : "not_sent";
  if (ending.reason instanceof LongarmError) return { delivery, error: ending.reason };
  return { delivery, error: ending.started ? afterStart(ending) : notStarted(ending) };
}
