/*
 * The language of path templates, whole:
 *   /api/v1/users        a segment stands for itself, byte by byte
 *   /users/{id}, /users/*  one segment, whatever it is, but not an empty one
 *   /users/**            only at the end: one segment or more
 */

/** One segment of a template: its text, or what stands for it. */
export type Segment = { readonly kind: "text"; readonly text: string } | { readonly kind: "one" } | { readonly kind: "rest" };

/** A path template, read. */
export interface PathTemplate {
  readonly source: string;
  readonly segments: readonly Segment[];
}

const literal = /^[A-Za-z0-9._~@!$'()+,=:-]+$/;
const named = /^\{[A-Za-z][A-Za-z0-9_]*\}$/;

/** Reads a template; a string says what is wrong with it, as the end of a sentence. */
export function readTemplate(source: string): PathTemplate | string {
  if (!source.startsWith("/")) return `"${source}" must begin with /`;
  const segments: Segment[] = [];
  const parts = source.slice(1).split("/");
  for (const [index, part] of parts.entries()) {
    const segment = readSegment(part);
    if (typeof segment === "string") return `"${source}" ${segment}`;
    if (segment.kind === "rest" && index < parts.length - 1) return `"${source}" has ** before its end`;
    segments.push(segment);
  }
  return { source, segments };
}

function readSegment(part: string): Segment | string {
  if (part === "") return "has an empty segment";
  if (part === "**") return { kind: "rest" };
  if (part === "*" || named.test(part)) return { kind: "one" };
  if (part === "." || part === "..") return "has a segment that is . or ..";
  if (literal.test(part)) return { kind: "text", text: part };
  if (/[*{}]/.test(part)) return `has "${part}": a segment is a text, {name}, *, or ** at the end`;
  return `has "${part}": letters, digits and ._~@!$'()+,=:- make up a segment's text`;
}

/** A path's segments; it must be one that `pathFlaw` finds nothing in. */
export function segmentsOf(path: string): readonly string[] {
  return path.slice(1).split("/");
}

/** Is a path of these segments of the template's form? */
export function fitsTemplate(parts: readonly string[], { segments }: PathTemplate): boolean {
  const open = segments.at(-1)?.kind === "rest";
  if (open ? parts.length < segments.length : parts.length !== segments.length) return false;
  return segments.every((segment, index) => segment.kind !== "text" || segment.text === parts[index]);
}

// Whoever stands before the target, or the target itself, may decode them before it takes the path apart.
const ambiguous: readonly (readonly [pattern: RegExp, flaw: string])[] = [
  [/\\|%5c/i, "a backslash"],
  [/%2f/i, "an encoded slash"],
  [/%25/, "an encoded percent sign"],
  [/;|%3b/i, "a semicolon"],
  [/[?#]|%3f|%23/i, "a question mark or a hash"],
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  [/[\x00-\x20\x7f-\uffff]|%[01][0-9a-f]|%7f/i, "a control character, a space or an unencoded letter"],
  [/%(?![0-9a-f]{2})/i, "a percent sign that encodes nothing"],
  [/\/\/|\/$/, "an empty segment"],
  [/\/(?:\.|%2e){1,2}(?:\/|$)/i, "a dot segment"],
];

// Nearly every path is of this form, and needs no closer look: nothing encoded, no segment that is empty or begins with a dot.
const plainPath = /^(?:\/[A-Za-z0-9_~@!$&'()*+,=:-][A-Za-z0-9_.~@!$&'()*+,=:-]*)+$/;

/** What keeps the path from having one meaning for all who read it; undefined: nothing. The flaw is named as in "it has a backslash". */
export function pathFlaw(path: string): string | undefined {
  if (plainPath.test(path)) return undefined;
  if (!path.startsWith("/")) return "no slash at its beginning";
  return ambiguous.find(([pattern]) => pattern.test(path))?.[1];
}
