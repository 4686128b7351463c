import type Value from "typebox/value";
import { meantByName } from "./nearest.ts";
import { expectsKeyword, isSecret, type SchemaNode } from "./schema-node.ts";

/** An error as the schema library finds it. */
export type SchemaError = ReturnType<typeof Value.Errors>[number];

function counted(count: number, thing: string): string {
  return count === 1 ? `${count} ${thing}` : `${count} ${thing}s`;
}

function atLeast(count: number, thing: string): string {
  return count === 1 ? "must not be empty" : `must have at least ${counted(count, thing)}`;
}

function atMost(count: number, thing: string): string {
  return count === 0 ? "must be empty" : `must have at most ${counted(count, thing)}`;
}

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "an integer",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

const comparisons = { ">=": "at least", ">": "more than", "<=": "at most", "<": "less than" } as const;

const formats: Readonly<Record<string, string>> = {
  "date-time": "a time such as 2031-01-31T12:00:00Z",
  email: "an e-mail address",
  uri: "a URL",
};

/** The values and types that may stand where these nodes are. */
function choices(nodes: readonly SchemaNode[]): string {
  const constants = nodes.flatMap((node) => (node.const === undefined ? (node.enum ?? []) : [node.const]));
  const others = nodes.filter((node) => node.const === undefined && !node.enum);
  const types = [...new Set(others.map(({ type }) => (type === undefined ? "another value" : (typeNames[type] ?? type))))];
  const parts = [...constants.map((constant) => JSON.stringify(constant)), ...types];
  if (types.length === 0 && parts.length > 1) return `must be one of ${parts.join(", ")}`;
  const last = parts.pop() ?? "another value";
  return parts.length === 0 ? `must be ${last}` : `must be ${parts.join(", ")} or ${last}`;
}

/** What is wrong there, as the end of a sentence whose subject is the place. `node` is where the error arose, `nodes` what may stand there. */
export function problemOf(error: SchemaError, node: SchemaNode, nodes: readonly SchemaNode[]): string {
  switch (error.keyword) {
    case "minLength":
      return atLeast(error.params.limit, "character");
    case "maxLength":
      return atMost(error.params.limit, "character");
    case "minItems":
      return atLeast(error.params.limit, "item");
    case "maxItems":
      return atMost(error.params.limit, "item");
    case "minProperties":
      return atLeast(error.params.limit, "member");
    case "maxProperties":
      return atMost(error.params.limit, "member");
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return `must be ${comparisons[error.params.comparison]} ${error.params.limit}`;
    case "multipleOf":
      return `must be a multiple of ${error.params.multipleOf}`;
    case "uniqueItems":
      return "must not hold the same item twice";
    case "pattern":
      return `must be ${node[expectsKeyword] ?? `of the form ${node.pattern ?? ""}`}`;
    case "not":
      return node[expectsKeyword] === undefined ? "must not be given" : `must be ${node[expectsKeyword]}`;
    case "format":
      return `must be ${formats[error.params.format] ?? `of the form "${error.params.format}"`}`;
    case "anyOf":
    case "type":
    case "const":
    case "enum":
      return choices(nodes.length > 0 ? nodes : [node]);
    default:
      return error.message;
  }
}

/** What is wrong with a member that nobody knows. */
export function unknownMember(name: string, known: readonly string[]): string {
  const [meant] = meantByName(name, known);
  if (meant !== undefined) return `is not known here; did you mean "${meant}"?`;
  return known.length === 0 ? "is not known here" : `is not known here; known are ${known.join(", ")}`;
}

/** The value as a fault may show it: never where a secret could stand. */
export function quoted(value: unknown, nodes: readonly SchemaNode[]): string {
  const isSimple = nodes.length > 0 && nodes.every((node) => node.type !== "object" && node.type !== "array");
  if (!isSimple || isSecret(nodes) || typeof value === "object" || value === undefined) return "";
  return ` (it is ${JSON.stringify(value).slice(0, 60)})`;
}
