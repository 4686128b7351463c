// One link-value of RFC 8288: <target> and its parameters, whose values are tokens or quoted strings.
const linkPattern = /<([^>]*)>((?:\s*;\s*[^\s;=,"]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)\s*(?:,|$)/g;
const parameterPattern = /;\s*([^\s;=,"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))/g;

function relationsOf(parameters: string): readonly string[] {
  let relations: readonly string[] | undefined;
  for (const [, name = "", quoted, token = ""] of parameters.matchAll(parameterPattern)) {
    const lowerName = name.toLowerCase();
    // A link with an anchor speaks of another resource than the one that was asked for.
    if (lowerName === "anchor") return [];
    if (lowerName === "rel") relations ??= (quoted ?? token).toLowerCase().split(/\s+/);
  }
  return relations ?? [];
}

/**
 * The target of the first `rel="next"` in a `Link` header, or null. Several header lines are read as one, joined by commas; commas
 * within `<…>` and within quotes separate nothing (RFC 8288, section 3).
 */
export function nextLink(header: string | undefined): string | null {
  if (header === undefined) return null;
  for (const [, target = "", parameters = ""] of header.matchAll(linkPattern)) {
    if (target !== "" && relationsOf(parameters).includes("next")) return target;
  }
  return null;
}
