/** `text` cut at each `separator` that stands outside quotes. */
function splitUnquoted(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted && character === "\\") at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function readParameter(text: string): readonly [name: string, value: string] {
  const equals = text.indexOf("=");
  if (equals < 0) return [text.trim().toLowerCase(), ""];
  const value = text.slice(equals + 1).trim();
  const isQuoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
  return [text.slice(0, equals).trim().toLowerCase(), isQuoted ? value.slice(1, -1) : value];
}

function isNext(parameters: string): boolean {
  let relation: string | undefined;
  for (const [name, value] of splitUnquoted(parameters, ";").map(readParameter)) {
    // A link with an anchor speaks of another resource than the one that was asked for.
    if (name === "anchor") return false;
    // Only the first rel counts.
    if (name === "rel") relation ??= value;
  }
  return relation !== undefined && relation.toLowerCase().split(/\s+/).includes("next");
}

/**
 * The target of the first `rel="next"` in a `Link` header, or null. Several header lines are read as one, joined by commas; commas
 * within `<…>` and within quotes separate nothing (RFC 8288, section 3). Time grows with the header's length, whatever stands in it.
 */
export function nextLink(header: string | undefined): string | null {
  if (header === undefined) return null;
  let at = 0;
  while (at < header.length) {
    const open = header.indexOf("<", at);
    const close = open < 0 ? -1 : header.indexOf(">", open);
    if (close < 0) return null;
    const end = endOfLink(header, close + 1);
    if (close > open + 1 && isNext(header.slice(close + 1, end))) return header.slice(open + 1, close);
    at = end + 1;
  }
  return null;
}

function endOfLink(header: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < header.length; at++) {
    const character = header[at];
    if (isQuoted && character === "\\") at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === ",") return at;
  }
  return header.length;
}
