import { LongarmError } from "../errors.ts";

/** A connection's base URL, taken apart once. */
export interface BaseUrl {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Host and port, as a message names the target. */
  readonly host: string;
  /** Path under which every call stays, without a trailing slash; "" at the origin's root. */
  readonly prefix: string;
}

/** Where one request goes. */
export interface HttpTarget {
  /** What stands in the request line: prefix, path and query. */
  readonly requestTarget: string;
  /** The same without its query: what may be shown. */
  readonly path: string;
}

// Nearly every path is of this form, and needs no closer look: no empty part, none that begins with a dot, nothing encoded.
const plainPath = /^(?:\/[\w~@!$'()*+,=:-][\w.~@!$'()*+,=:-]*)+$/;
const allowedPath = /^\/(?:[\w.~@!$&'()*+,;=:/-]|%[0-9A-Fa-f]{2})*$/;
const plainQueryPart = /^[\w.~-]*$/;

function refuse(message: string): never {
  throw new LongarmError("invalid_request", message);
}

/** Reads a connection's base URL. Only http and https, no user, query or fragment; anything else throws `invalid_request`. */
export function readBaseUrl(text: string): BaseUrl {
  if (!URL.canParse(text)) refuse(`"${text}" is no base URL: expected http(s)://host[:port][/prefix].`);
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse(`The base URL "${url.origin}" must begin with https:// or http://.`);
  if (url.username !== "" || url.password !== "") refuse(`The base URL of ${url.host} carries a user; name a credential instead.`);
  if (url.search !== "" || url.hash !== "") refuse(`The base URL of ${url.host} has a query or a fragment; it may only have a path.`);
  const prefix = url.pathname.replace(/\/+$/, "");
  if (prefix !== "") checkPath(prefix);
  return { origin: url.origin, host: url.host, prefix };
}

const doublyEncoded: Readonly<Record<string, string>> = { "%2e": ".", "%2f": "/", "%5c": "\\" };

/** The part decoded once, or undefined when its percent-encoding is no UTF-8. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

// A server behind the target may decode a part before it resolves dots, or do so twice; what is then a step upwards is refused here.
function stepsUpwards(part: string): boolean {
  const once = decoded(part);
  if (once === undefined) return true;
  const twice = once.replaceAll(/%(?:2e|2f|5c)/gi, (code) => doublyEncoded[code.toLowerCase()] ?? code);
  return [once, twice].some((form) => form.split(/[/\\]/).some((name) => /^\.{1,2}(?:;.*)?$/s.test(name)));
}

function checkPath(path: string): void {
  if (plainPath.test(path)) return;
  if (!allowedPath.test(path)) refuse(`The path "${path.slice(0, 200)}" must begin with "/" and have its parts percent-encoded.`);
  const parts = path.split("/").slice(1);
  if (parts.some((part, index) => part === "" && index < parts.length - 1)) refuse(`The path "${path.slice(0, 200)}" has an empty part.`);
  if (parts.some(stepsUpwards))
    refuse(`The path "${path.slice(0, 200)}" has a part that is "." or "..", or no UTF-8, so it could leave the base URL.`);
}

function encodeQueryPart(text: string): string {
  if (plainQueryPart.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    return refuse("A query value holds half of a surrogate pair, which has no UTF-8 form.");
  }
}

/** The query as it stands behind the path, with its `?`; "" when there is none. */
export function toQueryString(query: readonly (readonly [name: string, value: string])[]): string {
  if (query.length === 0) return "";
  let text = "";
  for (const [name, value] of query) text += `${text === "" ? "?" : "&"}${encodeQueryPart(name)}=${encodeQueryPart(value)}`;
  return text;
}

/**
 * Joins base, path and query. `path` begins with `/` and is already encoded; one that could leave the base's prefix (`..`, `//`,
 * `\`, encoded dots, an absolute URL) throws `invalid_request`.
 */
export function toHttpUrl(base: BaseUrl, path: string, query: readonly (readonly [name: string, value: string])[]): HttpTarget {
  checkPath(path);
  const full = base.prefix + path;
  return { path: full, requestTarget: full + toQueryString(query) };
}

/**
 * An absolute URL that the target gave us, as a request under the same base; undefined when it leads to another origin or out of
 * the prefix, where the credential must not follow. `from` is the URL that a relative one is resolved against.
 */
export function toPageTarget(base: BaseUrl, link: string, from: string = base.origin): (HttpTarget & { readonly url: string }) | undefined {
  if (!URL.canParse(link, from)) return undefined;
  const url = new URL(link, from);
  if (url.origin !== base.origin || url.username !== "" || url.password !== "") return undefined;
  if (!url.pathname.startsWith(`${base.prefix}/`) || !allowedPath.test(url.pathname)) return undefined;
  if (url.pathname.split("/").some(stepsUpwards)) return undefined;
  url.hash = "";
  return { url: url.href, path: url.pathname, requestTarget: url.pathname + url.search };
}
