/** Why parsed JSON must be refused, and where: a JSON pointer (RFC 6901; "" is the whole) and a problem to say of that place. */
export interface JsonFlaw {
  readonly pointer: string;
  readonly problem: string;
}

/** How deep objects and arrays from outside may stand within each other: whatever walks, copies or writes them may then recurse. */
export const deepestJson = 100;

const mostFlaws = 100;
const noText = "holds half of a surrogate pair, so it is no valid text";

interface Place {
  readonly container: object;
  readonly key: string;
  readonly parent: Place | undefined;
  readonly depth: number;
}

/** A member's name as a token of a JSON pointer; a very long one is cut. */
export function pointerToken(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return short.toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1");
}

function pointerTo(place: Place): string {
  const tokens: string[] = [];
  for (let at = place; at.parent; at = at.parent) tokens.push(`/${pointerToken(at.key)}`);
  return tokens.toReversed().join("");
}

// A list of what is still to be looked at instead of recursion: a hundred thousand brackets must not exhaust the stack.
function* containersOf(root: object): Generator<Place> {
  const open: Place[] = [{ container: root, key: "", parent: undefined, depth: 1 }];
  for (let place = open.pop(); place; place = open.pop()) {
    yield place;
    for (const [key, member] of Object.entries(place.container) as [string, unknown][])
      if (typeof member === "object" && member !== null) open.push({ container: member, key, parent: place, depth: place.depth + 1 });
  }
}

function textFlaws(place: Place): readonly JsonFlaw[] {
  const pointer = pointerTo(place);
  return (Object.entries(place.container) as [string, unknown][]).flatMap(([name, member]) => [
    ...(name.isWellFormed() ? [] : [{ pointer, problem: "has a member whose name holds half of a surrogate pair" }]),
    ...(typeof member !== "string" || member.isWellFormed() ? [] : [{ pointer: `${pointer}/${pointerToken(name)}`, problem: noText }]),
  ]);
}

/** Where the string that begins at `start` ends; the length of the text when it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

/** Does this JSON text nest objects and arrays deeper than `deepestJson`? Cheap beside parsing it. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
    if (depth > deepestJson) return true;
  }
  return false;
}

// Text that was decoded from UTF-8 holds half a pair only where it was written as an escape.
const escapedSurrogate = /\\u[dD][89a-fA-F]/;

/**
 * Everything for which JSON must be refused although it parsed: nesting deeper than `deepestJson`, and strings without a UTF-8
 * form; at most 100 flaws. `text` was decoded from UTF-8, `value` is what it parsed to. Takes any depth, and quotes no value.
 */
export function findJsonFlaws(text: string, value: unknown): readonly JsonFlaw[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [{ pointer: "", problem: noText }];
  if (typeof value !== "object" || value === null || (!escapedSurrogate.test(text) && !nestsTooDeep(text))) return [];
  const flaws: JsonFlaw[] = [];
  for (const place of containersOf(value)) {
    if (place.depth > deepestJson) return [{ pointer: pointerTo(place), problem: `is nested deeper than ${deepestJson} levels` }];
    flaws.push(...textFlaws(place));
    if (flaws.length >= mostFlaws) break;
  }
  return flaws.slice(0, mostFlaws);
}
