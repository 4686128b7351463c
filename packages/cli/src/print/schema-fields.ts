import type { Schema } from "../api/types.ts";

/** One member of an input or output, as a row of a table. */
export interface Field {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly note: string;
}

function literals(schema: Schema): readonly unknown[] {
  if (schema.enum) return schema.enum;
  if (schema.const !== undefined) return [schema.const];
  const choices = schema.anyOf ?? schema.oneOf;
  const each = choices?.map(literals);
  return each?.every((values) => values.length > 0) ? each.flat() : [];
}

function typeOf(schema: Schema): string {
  const values = literals(schema);
  if (values.length > 0) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array") return `list of ${schema.items ? typeOf(schema.items) : "anything"}`;
  if (schema.type !== undefined) return [schema.type].flat().join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  return choices ? [...new Set(choices.map(typeOf))].join(" | ") : "anything";
}

function noteOf(schema: Schema): string {
  const parts = [
    schema["x-secret"] ? "secret" : "",
    schema.default === undefined ? "" : `default ${JSON.stringify(schema.default)}`,
    schema.description ?? "",
  ];
  return parts.filter((part) => part !== "").join("; ");
}

// A member with a default is required of what is stored, not of whoever writes it.
function isNeeded(schema: Schema, name: string): boolean {
  return (schema.required?.includes(name) ?? false) && schema.properties?.[name]?.default === undefined;
}

/** The members of an object schema, nested ones by their path. */
export function fieldsOf(schema: Schema, prefix = ""): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    // What must not be given is named in the refusal of whoever gives it.
    if (member.not !== undefined) return [];
    const path = `${prefix}${name}`;
    const own: Field = { path, type: typeOf(member), required: isNeeded(schema, name), note: noteOf(member) };
    return [own, ...fieldsOf(member, `${path}.`)];
  });
}
