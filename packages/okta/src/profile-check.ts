import { isDeepStrictEqual } from "node:util";
import type { LongarmError } from "@longarm/shared";
import { meantByName, type PlacedFault } from "@longarm/shared/schema";
import { type Check, invalidInput } from "@longarm/spoke";
import { type Field, readFields } from "./actions/metadata/field.ts";
import { membersOf } from "./schemas.ts";

type Wanted = Readonly<Record<string, unknown>>;

/** What is to be held to the org's schema. */
export interface ProfileWish {
  /** The action's name, for its error. */
  readonly definition: string;
  readonly kind: "user" | "group";
  /** The id of the schema; absent: that of the default user type, or of the org's groups. */
  readonly schema?: string | null;
  /** Fields by name; null clears. */
  readonly wanted: Wanted;
  /** Where a field stands in the input, as a JSON pointer. */
  readonly placeOf: (field: string) => string;
  /** Is the object made, so that no mandatory field may be absent? */
  readonly isNew: boolean;
}

function isOfType(value: unknown, { type, itemType }: Pick<Field, "type" | "itemType">): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value) && (itemType === null || value.every((item) => isOfType(item, { type: itemType, itemType: null })));
    case "string":
    case "boolean":
    case "number":
      return typeof value === type;
    default:
      return true;
  }
}

function typeName({ type, itemType }: Field): string {
  return type === "array" && itemType !== null ? `array of ${itemType}` : String(type);
}

// Okta trims nothing and counts characters. Patterns and formats are left to it: its dialect is not the one of this machine.
function lengthProblem(value: string, { minLength, maxLength }: Field): string | undefined {
  const { length } = value;
  if (minLength !== null && length < minLength) return `has ${length} characters; it needs at least ${minLength}`;
  return maxLength !== null && length > maxLength ? `has ${length} characters; it may have ${maxLength} at most` : undefined;
}

function valueProblem(value: unknown, field: Field): string | undefined {
  if (field.mutability === "READ_ONLY") return "is read-only in this org";
  if (value === null) return field.mandatory ? "is mandatory in this org and cannot be cleared" : undefined;
  if (!isOfType(value, field)) return `must be of the type ${typeName(field)}`;
  const choices = field.choices?.map((choice) => choice.value);
  if (choices && !Array.isArray(value) && !choices.some((choice) => isDeepStrictEqual(choice, value)))
    return `must be one of ${choices.slice(0, 20).join(", ")}`;
  return typeof value === "string" && value !== "" ? lengthProblem(value, field) : undefined;
}

function unknownProblem(name: string, kind: string, fields: readonly Field[]): string {
  const nearest = meantByName(
    name,
    fields.map((field) => field.name),
  );
  return `is no field of a ${kind} in this org${nearest.length > 0 ? `; did you mean ${nearest.join(" or ")}?` : ""}`;
}

/** Everything that the schema forbids of a wish, at once; undefined: nothing. */
export function checkProfile(schema: unknown, { definition, kind, wanted, placeOf, isNew }: ProfileWish): LongarmError | undefined {
  const fields = readFields(schema);
  const byName = new Map(fields.map((field) => [field.name, field]));
  const faults = Object.entries(wanted).flatMap(([name, value]): PlacedFault[] => {
    const field = byName.get(name);
    const problem = field ? valueProblem(value, field) : unknownProblem(name, kind, fields);
    if (problem === undefined) return [];
    const pointer = placeOf(name);
    return [{ in: "input", pointer, problem: pointer.endsWith(`/${name}`) ? problem : `names "${name}", which ${problem}` }];
  });
  const missing = isNew ? fields.filter(({ name, mandatory }) => mandatory && !Object.hasOwn(wanted, name)) : [];
  const absent = missing.map(({ name }): PlacedFault => ({
    in: "input",
    pointer: placeOf(name),
    problem: "is mandatory in this org and absent",
  }));
  return faults.length + absent.length === 0 ? undefined : invalidInput(definition, [...faults, ...absent]);
}

// Whatever else stands between may answer 200 too, and a schema without a field is none; then Okta is left to check for itself.
function isSchema(body: unknown): boolean {
  return Object.keys(membersOf(membersOf(body)["definitions"])).length > 0 && readFields(body).length > 0;
}

/** The check of a wish against the org's live schema. */
export function againstSchema(wish: ProfileWish): Check {
  return {
    request: { path: ["api", "v1", "meta", "schemas", wish.kind, wish.schema ?? "default"] },
    judge: ({ status, body }) => (status === 200 && isSchema(body) ? checkProfile(body, wish) : undefined),
  };
}
