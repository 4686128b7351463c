import { LongarmError } from "../errors.ts";

function refuse(path: string, what: string): LongarmError {
  return new LongarmError(
    "invalid_request",
    `${what} at "${path || "/"}" has no canonical JSON: use plain objects, arrays, strings that are text, finite numbers, booleans and null.`,
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function writeObject(value: object, path: string): string {
  if (!isPlain(value)) throw refuse(path, `A ${value.constructor?.name ?? "special object"}`);
  const members: string[] = [];
  // RFC 8785 sorts by UTF-16 code units, which is what sorting strings does.
  for (const key of Object.keys(value).toSorted()) {
    const member: unknown = (value as Record<string, unknown>)[key];
    if (!key.isWellFormed()) throw refuse(path, "A name with half of a surrogate pair");
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${write(member, `${path}/${key}`)}`);
  }
  return `{${members.join(",")}}`;
}

function write(value: unknown, path: string): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw refuse(path, "Half of a surrogate pair");
      return JSON.stringify(value);
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw refuse(path, String(value));
      return JSON.stringify(value);
    case "object":
      if (!Array.isArray(value)) return writeObject(value, path);
      return `[${value.map((item, index) => (item === undefined ? "null" : write(item, `${path}/${index}`))).join(",")}]`;
    default:
      throw refuse(path, `A ${typeof value}`);
  }
}

/**
 * The one JSON text of a value, whatever order its members were written in (RFC 8785): members sorted, no spaces, absent for
 * `undefined`. Anything that JSON would have to bend (NaN, half a surrogate pair, dates, class instances, so secrets too) throws `invalid_request`.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "");
}
