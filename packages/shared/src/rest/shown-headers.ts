const count = /^\d{1,15}(?:, \d{1,15}){0,3}$/;
const requestId = /^[\w.:-]{1,64}$/;
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const mediaTypes = /^[\w.+*-]{1,40}\/[\w.+*-]{1,60}(?:; ?charset=[\w-]{1,20})?$/;

/**
 * The headers that may be seen by people: in logs, errors, histories and evidence. The one list of them, in lower case, each with the form
 * that its value must have. What is not here carries, or may one day carry, what proves who asks.
 */
const shown: Readonly<Record<string, RegExp>> = {
  accept: mediaTypes,
  "content-length": count,
  "content-type": mediaTypes,
  date: httpDate,
  "retry-after": new RegExp(`${count.source}|${httpDate.source}`),
  "x-okta-request-id": requestId,
  "x-rate-limit-limit": count,
  "x-rate-limit-remaining": count,
  "x-rate-limit-reset": count,
  "x-request-id": requestId,
};

/** Stands for a value that is not of the form which its header has. */
export const hiddenValue = "***";

function showValue(form: RegExp, value: string | readonly string[]): string {
  const text = typeof value === "string" ? value : value.join(", ");
  return form.test(text) ? text : hiddenValue;
}

/** Names of the headers that may be shown. */
export const shownHeaders: readonly string[] = Object.keys(shown);

/** Those of the headers that people may see; names in lower case. Of all others neither name nor value. */
export function showHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    const form = Object.hasOwn(shown, lower) ? shown[lower] : undefined;
    if (form && value !== undefined) seen[lower] = showValue(form, value);
  }
  return seen;
}

/** The id by which the target's support finds the request, as it may be shown; null where the target gave none. */
export function shownRequestId(headers: Readonly<Record<string, string>>): string | null {
  const id = headers["x-okta-request-id"];
  return id === undefined ? null : showValue(requestId, id);
}
