import { LongarmError, secretKeyword } from "@longarm/shared";
import { findPlacedFaults, nameFaults } from "@longarm/shared/schema";
import type { TSchema } from "typebox";
import type { AnyDefinition } from "./definition.ts";

const namePattern = /^[a-z]+(\.[a-zA-Z]+)+$/;
/** Members that a run has beside its input, and the members that every stream takes. */
const reservedMembers: ReadonlySet<string> = new Set(["connection", "lane", "deadline"]);
const streamMembers = ["maxItems", "pageSize"];

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function membersOf(schema: unknown): readonly string[] {
  return isNode(schema) && isNode(schema["properties"]) ? Object.keys(schema["properties"]) : [];
}

function isClosedObject(schema: unknown): boolean {
  return isNode(schema) && schema["type"] === "object" && schema["additionalProperties"] === false;
}

// Sealing replaces one string by its sealed form; a secret object would leave the names of its members to be seen.
/** What is wrong with what a schema says of secrets, each with its place. */
export function secretFaults(node: unknown, at: string): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((child, index) => secretFaults(child, `${at}/${index}`));
  if (!isNode(node)) return [];
  const own =
    secretKeyword in node && (node[secretKeyword] !== true || node["type"] !== "string")
      ? [`${at}: "${secretKeyword}" may only be true, and only on a string`]
      : [];
  const told =
    secretKeyword in node && ("default" in node || "const" in node || "enum" in node)
      ? [`${at}: a secret has no default and no list of values`]
      : [];
  return [...own, ...told, ...Object.entries(node).flatMap(([name, child]) => secretFaults(child, `${at}/${name}`))];
}

/** What is wrong with the form of an input's schema, in words; empty: nothing. */
export function closedObjectFault(input: unknown): readonly string[] {
  if (!isClosedObject(input)) return ["its input must be an object schema with additionalProperties: false"];
  return membersOf(input)
    .filter((name) => reservedMembers.has(name))
    .map((name) => `its input may not have the member "${name}", which belongs to the run`);
}

function inputFaults(definition: AnyDefinition): readonly string[] {
  const input = definition.input as TSchema;
  const reserved = closedObjectFault(input);
  if (!isClosedObject(input)) return reserved;
  const members = membersOf(input);
  const missing = definition.kind === "stream" ? streamMembers.filter((name) => !members.includes(name)) : [];
  return [...reserved, ...missing.map((name) => `as a stream its input must have "${name}"`)];
}

function exampleFaults(definition: AnyDefinition): readonly string[] {
  if (definition.examples.length === 0) return ["it needs an example"];
  return definition.examples.flatMap(({ title, input }) => {
    const faults = findPlacedFaults("input", definition.input as TSchema, input);
    return faults.length === 0 ? [] : [`its example "${title}" does not pass its own input schema; it has ${nameFaults(faults)}`];
  });
}

function formFaults(definition: AnyDefinition): readonly string[] {
  const faults: string[] = [];
  if (!namePattern.test(definition.name))
    faults.push("its name must be of the form spoke.noun.verb, letters only, the spoke in lower case");
  if (!definition.summary.endsWith(".")) faults.push("its summary must be a sentence that ends with a full stop");
  if (!definition.docs.startsWith("https://")) faults.push("its docs must be an https link to the target's documentation");
  if (!Number.isInteger(definition.version) || definition.version < 1) faults.push("its version must be a whole number from 1");
  if (definition.scopes.length === 0) faults.push("it must name the scopes that its calls need");
  return faults;
}

/** Checks that a definition is of the house's form; throws `internal` with every fault, at the moment it is declared. */
export function checkDefinition(definition: AnyDefinition): void {
  const output: unknown = definition.kind === "stream" ? definition.item : definition.output;
  const secrets = [...secretFaults(definition.input, "input"), ...secretFaults(output, definition.kind === "stream" ? "item" : "output")];
  const faults = [...formFaults(definition), ...inputFaults(definition), ...secrets, ...exampleFaults(definition)];
  if (faults.length === 0) return;
  throw new LongarmError(
    "internal",
    `The definition of "${definition.name}" is not of the form that a spoke needs: ${faults.join("; ")}.`,
    { details: { faults } },
  );
}
