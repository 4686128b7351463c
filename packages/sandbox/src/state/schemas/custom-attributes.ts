import { type Refusal, refuseInvalid } from "../refusal.ts";
import type { ProfileDefinition, PropertyDefinition } from "./profile-definition.ts";

const types = ["string", "boolean", "integer", "number", "array"] as const;
const itemTypes: ReadonlySet<string> = new Set(["string", "integer", "number"]);
const namePattern = /^[A-Za-z]\w{0,63}$/;

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function flawOf(name: string, given: unknown): Refusal | undefined {
  const about = `definitions.custom.properties.${name}`;
  if (!isMembers(given)) return refuseInvalid(about, `${about}: Expecting an object or null`);
  const { title, type, items } = given;
  if (!namePattern.test(name)) return refuseInvalid(about, `${about}: The variable name is invalid`);
  if (typeof title !== "string" || title === "") return refuseInvalid("title", `${name}.title: The field cannot be left blank`);
  if (!types.includes(type as (typeof types)[number])) return refuseInvalid("type", `${name}.type: Invalid property type`);
  if (type === "array" && !(isMembers(items) && itemTypes.has(String(items["type"]))))
    return refuseInvalid("items", `${name}.items: An array needs the type of its items`);
  return undefined;
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    default:
      return typeof value === type;
  }
}

/** The attributes that an org has added to a profile. */
export class CustomAttributes {
  readonly #properties = new Map<string, PropertyDefinition>();
  readonly #isBase: (name: string) => boolean;

  /** `isBase` tells the names that Okta's own attributes have. */
  constructor(isBase: (name: string) => boolean) {
    this.#isBase = isBase;
  }

  has(name: string): boolean {
    return this.#properties.has(name);
  }

  definition(): ProfileDefinition {
    const properties = Object.fromEntries(this.#properties);
    return { properties, required: Object.keys(properties).filter((name) => properties[name]?.["required"] === true) };
  }

  /** Takes the `custom` part of a schema's update: adds, replaces, and removes those that are null. All or nothing. */
  update(given: unknown): Refusal | undefined {
    const properties = isMembers(given) ? given["properties"] : undefined;
    if (!isMembers(properties)) return refuseInvalid("definitions", "definitions.custom.properties: Expecting an object");
    for (const [name, value] of Object.entries(properties)) {
      if (this.#isBase(name)) return refuseInvalid(name, `${name}: The variable name is taken by an attribute of Okta's own`);
      const flaw = value === null ? undefined : flawOf(name, value);
      if (flaw) return flaw;
    }
    for (const [name, value] of Object.entries(properties)) {
      if (value === null) this.#properties.delete(name);
      else this.#properties.set(name, { mutability: "READ_WRITE", scope: "NONE", ...(value as PropertyDefinition) });
    }
    return undefined;
  }

  /** What is wrong with the values that a profile gives them; texts as Okta words those of its own attributes. */
  faults(profile: Members): readonly string[] {
    return [...this.#properties].flatMap(([name, { type, minLength = 0, maxLength = Infinity, required, enum: values }]) => {
      const value = profile[name] ?? null;
      if (value === null || value === "") return required === true ? [`${name}: The field cannot be left blank`] : [];
      if (!isOfType(value, type)) return [`${name}: Incorrect type. Expecting ${type}.`];
      if (Array.isArray(values) && !values.includes(value)) return [`${name}: The value is not one of the enumerated values`];
      if (typeof value !== "string") return [];
      if (value.length < Number(minLength)) return [`${name}: String is too short (${value.length} chars), minimum ${String(minLength)}`];
      return value.length > Number(maxLength) ? [`${name}: The field is too long`] : [];
    });
  }
}
