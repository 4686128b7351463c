import { readDuration } from "@longarm/shared";
import { refuse } from "./invalid-request.ts";

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** RFC 3339 as Unix milliseconds; undefined: it is none. */
export function readMoment(text: string): number | undefined {
  if (!rfc3339.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A time to come as Unix milliseconds: RFC 3339, or a duration from now. */
export function parseFuture(pointer: string, text: string, nowMs: number): number {
  const duration = readDuration(text);
  const at = duration === undefined ? readMoment(text) : nowMs + duration;
  if (at === undefined) refuse("body", pointer, "must be a time such as 2031-01-31T12:00:00Z or a duration such as 10m");
  return at > nowMs ? at : refuse("body", pointer, "lies in the past");
}

/** A deadline as Unix milliseconds: RFC 3339, or a duration from now. In the past it is refused. */
export function parseDeadline(text: string, nowMs: number): number {
  return parseFuture("/deadline", text, nowMs);
}

/** A point of the past as Unix milliseconds: RFC 3339, or how long ago. */
export function parsePast(name: string, text: string, nowMs: number): number {
  const duration = readDuration(text);
  const at = duration === undefined ? readMoment(text) : nowMs - duration;
  return at ?? refuse("query", `/${name}`, "must be a time such as 2031-01-31T12:00:00Z or how long ago, such as 1h");
}

/** Unix milliseconds as RFC 3339. */
export function toRfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
