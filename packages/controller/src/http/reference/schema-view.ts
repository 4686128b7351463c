import type { ShownSchema } from "./api-document.ts";
import { html, type Html, type Piece, prose } from "./html.ts";

/** Whether the members are asked of the caller or given to it: what is remarkable of a member differs. */
export type Direction = "asked" | "given";

const typeNames: Readonly<Record<string, string>> = { array: "list", boolean: "true or false", integer: "integer", "date-time": "time" };

function nameOf(ref: string): string {
  return ref.split("/").at(-1) ?? ref;
}

function isNull(schema: ShownSchema): boolean {
  return schema.type === "null";
}

const plurals: Readonly<Record<string, string>> = { string: "strings", object: "objects", integer: "integers", number: "numbers" };

function many(schema: ShownSchema): Piece {
  return plurals[schema.anyOf ? "" : (schema.type ?? "")] ?? typeOf(schema);
}

function joined(pieces: readonly Piece[], by: string): Piece {
  return pieces.map((piece, index) => (index === 0 ? piece : [by, piece]));
}

/** The type in words: `string`, `list of Call`, `integer or null`. */
function typeOf(schema: ShownSchema): Piece {
  const { $ref, type, anyOf, items, additionalProperties, properties } = schema;
  if ($ref !== undefined) return html`<a href="#schema-${nameOf($ref)}">${nameOf($ref)}</a>`;
  if (anyOf) return joined(anyOf.map(typeOf), " or ");
  if (schema.enum) return "one of";
  if (type === "array") return items && Object.keys(items).length > 0 ? ["list of ", many(items)] : "list";
  const isMap = type === "object" && !properties && typeof additionalProperties === "object";
  if (isMap && Object.keys(additionalProperties).length > 0) return ["object of ", many(additionalProperties)];
  return typeNames[schema.format ?? ""] ?? typeNames[type ?? ""] ?? type ?? "any JSON";
}

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  const number = (value: number): string => value.toLocaleString("en");
  if (most === undefined) return `at least ${number(least ?? 0)}${unit}`;
  return least === undefined ? `at most ${number(most)}${unit}` : `${number(least)} to ${number(most)}${unit}`;
}

function limitsOf(schema: ShownSchema): readonly string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum } = schema;
  const limits = [
    schema["x-expects"] ?? range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " items"),
    range(minimum, maximum, ""),
    schema.writeOnly === true ? "never shown" : undefined,
  ];
  return limits.filter((limit) => limit !== undefined);
}

/** The type with the values that it may have, and what limits who is asked for it. */
export function typeView(schema: ShownSchema, direction: Direction): Html {
  const limits = direction === "asked" ? limitsOf(schema) : [];
  const values = schema.enum?.map((value) => html`<code>${String(value)}</code>`) ?? [];
  return html`<span class="type">${typeOf(schema)}</span>${values.length > 0 ? [" ", joined(values, " ")] : undefined}${
      limits.length > 0 ? html`<span class="limits">${limits.join(", ")}</span>` : undefined
    }`;
}

/** The schemas whose members are to be shown below this one: its own, or those of its items and variants. */
function inner(schema: ShownSchema): readonly ShownSchema[] {
  if (schema.$ref !== undefined) return [];
  if (schema.properties) return [schema];
  const parts = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])];
  const values = typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
  return [...parts, ...values].filter((part) => !isNull(part)).flatMap(inner);
}

function remarkOf(direction: Direction, isRequired: boolean): Html | undefined {
  if (direction === "asked") return isRequired ? html`<span class="need">required</span>` : undefined;
  return isRequired ? undefined : html`<span class="limits">may be absent</span>`;
}

/** One member with its type, limits, description and members. */
export function memberView(name: string, schema: ShownSchema, at: { readonly direction: Direction; readonly isRequired: boolean }): Html {
  const { description } = schema;
  return html`<li>
    <div class="head"><code class="name">${name}</code> ${typeView(schema, at.direction)}${remarkOf(at.direction, at.isRequired)}</div>
    ${description === undefined ? undefined : html`<p>${prose(description)}</p>`}${membersView(schema, at.direction)}
  </li>`;
}

/** The members of an object, and theirs below them; nothing where there are none. */
export function membersView(schema: ShownSchema, direction: Direction): Html | undefined {
  const objects = inner(schema);
  if (objects.length === 0) return undefined;
  const members = objects.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([name, each]) => memberView(name, each, { direction, isRequired: required.includes(name) })),
  );
  return html`<ul class="members">
    ${members}
  </ul>`;
}
