import { LongarmError } from "../errors.ts";
import { IpRange } from "./ip-range.ts";
import { parseSelector } from "./parse.ts";

/** A selector for those who know no CEL. All members must hold. */
export interface SelectorShortForm {
  /** The agent of this name. */
  readonly agent?: string;
  /** Agents whose label `pool` is this. */
  readonly pool?: string;
  /** All of them in the label `capabilities`. */
  readonly capabilities?: readonly string[];
  /** Each label equal to the value, or to one of the values. */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
  /** Agents whose label `ipRanges` lists a range that contains this range or address. */
  readonly ipRange?: string;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** `raw` as a CEL string literal. */
export function quote(raw: string): string {
  const escaped = raw.replaceAll(/[\\'\p{Cc}\u2028\u2029]/gu, (character) => {
    return escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `'${escaped}'`;
}

function refuse(problem: string): never {
  throw new LongarmError("invalid_selector", `The selector's short form is wrong: ${problem}.`, { details: { problem } });
}

function text(value: unknown, place: string): string {
  return typeof value === "string" && value.isWellFormed() ? value : refuse(`\`${place}\` must be a string`);
}

function texts(value: unknown, place: string): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) refuse(`\`${place}\` must be a list of at least one string`);
  return value.map((item, index) => text(item, `${place}[${index}]`));
}

const reserved = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while prototype __proto__".split(
    " ",
  ),
);

function label(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) && !reserved.has(key) ? `labels.${key}` : `labels[${quote(key)}]`;
}

function attributes(value: unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse("`attributes` must be a map of label to value or values");
  return Object.entries(value).map(([key, wanted]: [string, unknown]) => {
    if (typeof wanted === "string") return `${label(key)} == ${quote(text(wanted, `attributes.${key}`))}`;
    return `${label(key)} in [${texts(wanted, `attributes.${key}`).map(quote).join(", ")}]`;
  });
}

function ipRange(value: unknown): string {
  const range = text(value, "ipRange");
  if (!IpRange.read(range)) refuse("`ipRange` must be an address or a range such as 10.0.0.0/8");
  return `labels.ipRanges.exists(r, cidr(r).contains(${quote(range)}))`;
}

const compilers: Readonly<Record<keyof SelectorShortForm, (value: unknown) => string[]>> = {
  agent: (value) => [`agent.name == ${quote(text(value, "agent"))}`],
  pool: (value) => [`labels.pool == ${quote(text(value, "pool"))}`],
  capabilities: (value) => texts(value, "capabilities").map((item) => `${quote(item)} in labels.capabilities`),
  attributes,
  ipRange: (value) => [ipRange(value)],
};

/**
 * The CEL that a short form stands for; a string is CEL already and comes back as it is. Throws `invalid_selector` for an
 * unknown or empty member and for CEL that does not parse.
 */
export function compileShortForm(form: string | SelectorShortForm): string {
  if (typeof form === "string") return parseSelector(form).source;
  if (typeof form !== "object" || form === null || Array.isArray(form)) refuse("it must be CEL in a string, or a map");
  const conditions = Object.entries(form).flatMap(([member, value]: [string, unknown]) => {
    if (!Object.hasOwn(compilers, member)) refuse(`unknown member \`${member}\`; the members are ${Object.keys(compilers).join(", ")}`);
    return compilers[member as keyof SelectorShortForm](value);
  });
  if (conditions.length === 0) refuse("it names no condition");
  return parseSelector(conditions.join(" && ")).source;
}
