import { LongarmError } from "@longarm/shared";
import Type, { type Static } from "typebox";
import { closed, membersOf, nullable, text } from "../../schemas.ts";
import { choiceSchema, type Choice } from "./choice.ts";

/** A field of a profile. */
export const fieldSchema = closed({
  name: Type.String(),
  label: Type.String(),
  type: nullable(Type.String({ description: "string, boolean, number, integer or array." })),
  itemType: nullable(Type.String({ description: "The type of an array's items." })),
  mandatory: Type.Boolean(),
  custom: Type.Boolean({ description: "Defined by the org rather than by Okta." }),
  unique: Type.Boolean(),
  description: nullable(Type.String()),
  format: nullable(Type.String()),
  mutability: nullable(Type.String({ description: "READ_WRITE, READ_ONLY, IMMUTABLE or WRITE_ONLY." })),
  minLength: nullable(Type.Number()),
  maxLength: nullable(Type.Number()),
  pattern: nullable(Type.String()),
  choices: nullable(Type.Array(choiceSchema, { description: "The only values that the field takes." })),
});

export type Field = Static<typeof fieldSchema>;

type Members = Readonly<Record<string, unknown>>;

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function choiceOf(value: unknown, label: unknown): readonly Choice[] {
  return typeof value === "string" || typeof value === "number" ? [{ label: text(label) ?? String(value), value }] : [];
}

// `oneOf` repeats the values of `enum` and adds their labels.
function choicesIn({ oneOf, enum: values }: Members): readonly Choice[] | null {
  if (Array.isArray(oneOf)) return oneOf.map(membersOf).flatMap((each) => choiceOf(each["const"], each["title"]));
  return Array.isArray(values) ? values.flatMap((value) => choiceOf(value, null)) : null;
}

function readField(name: string, property: Members, place: { readonly mandatory: boolean; readonly custom: boolean }): Field {
  const items = membersOf(property["items"]);
  const { unique } = property;
  const choices = choicesIn(property) ?? choicesIn(items);
  return {
    name,
    label: text(property["title"]) ?? name,
    type: text(property["type"]),
    itemType: text(items["type"]),
    mandatory: place.mandatory || property["required"] === true,
    custom: place.custom,
    unique: unique === true || unique === "UNIQUE_VALIDATED",
    description: text(property["description"]),
    format: text(property["format"]),
    mutability: text(property["mutability"]),
    minLength: number(property["minLength"]),
    maxLength: number(property["maxLength"]),
    pattern: text(property["pattern"]),
    choices: choices && [...choices],
  };
}

function fieldsIn(definition: unknown, custom: boolean): readonly Field[] {
  const { properties, required } = membersOf(definition);
  const mandatory = new Set<unknown>(Array.isArray(required) ? required : []);
  return Object.entries(membersOf(properties)).flatMap(([name, property]) =>
    property === null ? [] : [readField(name, membersOf(property), { mandatory: mandatory.has(name), custom })],
  );
}

/** The fields of a schema of Okta's, those that Okta defines first. Throws `unexpected_response` when the answer is no schema. */
export function readFields(schema: unknown): Field[] {
  const definitions = membersOf(schema)["definitions"];
  if (typeof definitions !== "object" || definitions === null)
    throw new LongarmError("unexpected_response", "Okta's answer holds no schema of a profile.");
  const { base, custom } = membersOf(definitions);
  return [...fieldsIn(base, false), ...fieldsIn(custom, true)];
}
