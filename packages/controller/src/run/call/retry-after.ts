/**
 * The seconds of a `Retry-After` header: a number, or an HTTP date, which is counted from the target's own `Date`, since its clock may
 * differ from ours. Null where it says neither. `nowMs` stands in for a `Date` that is absent.
 */
export function readRetryAfter(
  header: string | undefined,
  at: { readonly date: string | undefined; readonly nowMs: number },
): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const untilMs = httpDate(text);
  if (untilMs === undefined) return null;
  return Math.max(0, (untilMs - (httpDate(at.date ?? "") ?? at.nowMs)) / 1_000);
}

// Date.parse takes far more than the three forms of RFC 9110, all of which begin with the day's name.
function httpDate(text: string): number | undefined {
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const ms = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}
