import type { CompiledMap, FieldSource } from "./compile.ts";
import { requiredFields } from "./map-schema.ts";
import type { DesiredUser, FieldValue, SourceRow, WantedStatus } from "./people.ts";

/** What a row asks for, or everything that is wrong with it; its keys stand in either case, as far as they can be read. */
export interface ReadRow {
  readonly row: number;
  readonly keys: readonly string[];
  /** The first of its keys, for people. */
  readonly name: string | null;
  readonly desired: DesiredUser | null;
  readonly faults: readonly string[];
}

type Cells = Readonly<Record<string, unknown>>;
type Part<T> = { readonly value: T } | { readonly fault: string };

// As the catalogue's `okta.user.create` asks for; told here with the line, before anything was done.
const lengths: Readonly<Record<string, readonly [least: number, most: number]>> = {
  firstName: [1, 50],
  lastName: [1, 50],
  email: [5, 100],
  login: [5, 100],
};

/** Reads a row by its map. */
export function readRow(map: CompiledMap, source: SourceRow): ReadRow {
  const { row } = source;
  if ("fault" in source) return { row, keys: [], name: null, desired: null, faults: [source.fault] };
  const faults: string[] = [];
  const take = <T>(part: Part<T>): T | undefined => {
    if ("value" in part) return part.value;
    faults.push(part.fault);
    return undefined;
  };
  const profile: Record<string, FieldValue> = {};
  for (const [field, from] of map.fields) {
    const value = take(checked(field, valueOf(source.cells, field, from)));
    if (value !== undefined) profile[field] = value;
  }
  const status = take(statusOf(map, source.cells));
  const groups = take(groupsOf(map, source.cells));
  const keys = keysOf(map.keys, profile);
  if (keys.length === 0)
    faults.push(`it has no key: ${map.keys.join(", ")} ${map.keys.length === 1 ? "is" : "are"} empty or cannot be read`);
  const name = shownKey(map.keys, profile);
  if (faults.length > 0) return { row, keys, name, desired: null, faults };
  return { row, keys, name, desired: { row, profile, ...(status && { status }), ...(groups && { groups }) }, faults };
}

/** The keys of a profile as they are compared: by field, whatever the case. */
export function keysOf(fields: readonly string[], profile: Readonly<Record<string, unknown>>): readonly string[] {
  return fields.flatMap((field) => {
    const value = profile[field];
    const isKey = (typeof value === "string" && value !== "") || typeof value === "number";
    return isKey ? [`${field}=${String(value).trim().toLowerCase()}`] : [];
  });
}

function shownKey(fields: readonly string[], profile: Readonly<Record<string, FieldValue>>): string | null {
  const field = ["login", ...fields].find((one) => typeof profile[one] === "string" || typeof profile[one] === "number");
  return field === undefined ? null : String(profile[field]);
}

function cellOf(cells: Cells, column: string): Part<FieldValue> {
  if (!Object.hasOwn(cells, column)) return { fault: `it has no column "${column}"; write null or nothing where there is no value` };
  const value = plainValue(cells[column]);
  return value === undefined ? { fault: `its column "${column}" holds an object, which no field can take` } : { value };
}

function valueOf(cells: Cells, field: string, from: FieldSource): Part<FieldValue> {
  if ("column" in from) return cellOf(cells, from.column);
  const result = from.expression.evaluate({ row: cells });
  if ("fault" in result) return { fault: `profile.${field} has no value: ${result.fault}` };
  const value = plainValue(result.value);
  return value === undefined ? { fault: `profile.${field} would hold an object` } : { value };
}

/** Texts without the spaces around them; an empty one is nothing. */
function plainValue(value: unknown): FieldValue | undefined {
  if (typeof value === "string") return value.trim() === "" ? null : value.trim();
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (!Array.isArray(value)) return undefined;
  const members = value.map(plainValue);
  return members.some((member) => member === undefined) ? undefined : (members as FieldValue[]);
}

function checked(field: string, part: Part<FieldValue>): Part<FieldValue> {
  if (!("value" in part)) return part;
  const { value } = part;
  const bounds = Object.hasOwn(lengths, field) ? lengths[field] : undefined;
  if (bounds === undefined) return part;
  if (value === null) return { fault: `${field} is empty; Okta has no user without ${requiredFields.join(", ")}` };
  if (typeof value !== "string") return { fault: `${field} must be a text` };
  const [least, most] = bounds;
  if (value.length >= least && value.length <= most) return part;
  return { fault: `${field} has ${value.length} characters; Okta takes ${least} to ${most}` };
}

function statusOf({ status }: CompiledMap, cells: Cells): Part<WantedStatus | null> {
  if (status === undefined || status === "active") return { value: status ?? null };
  const cell = cellOf(cells, status.column);
  if ("fault" in cell) return cell;
  const word = String(cell.value ?? "").toLowerCase();
  const wanted = status.meanings.get(word);
  if (wanted !== undefined) return { value: wanted };
  const known = [...status.meanings.keys()].map((each) => JSON.stringify(each)).join(", ");
  return { fault: `its status ${JSON.stringify(word)} means nothing; the map knows ${known}` };
}

function groupsOf({ memberships }: CompiledMap, cells: Cells): Part<readonly string[] | null> {
  if (memberships === undefined) return { value: null };
  const cell = cellOf(cells, memberships.column);
  if ("fault" in cell) return cell;
  const names = (Array.isArray(cell.value) ? cell.value : String(cell.value ?? "").split(memberships.separator)).map((name) =>
    String(name).trim(),
  );
  const named = [...new Set(names.filter((name) => name !== ""))].toSorted();
  const strangers = named.filter((name) => !memberships.owned.has(name));
  if (strangers.length === 0 || memberships.ignoresOthers) return { value: named.filter((name) => memberships.owned.has(name)) };
  return { fault: `it names ${strangers.map((name) => `"${name}"`).join(", ")}, which the source does not own` };
}
