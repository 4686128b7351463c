import type { TSchema } from "typebox";
import { Settings } from "typebox/system";
import Value from "typebox/value";
import type { Fault } from "./fault.ts";
import { nearest } from "./nearest.ts";
import {
  at,
  below,
  durationAt,
  durationKeyword,
  isMeant,
  isPlainObject,
  isSecret,
  knownKeys,
  type KeyPath,
  type SchemaNode,
} from "./schema-node.ts";

type SchemaError = ReturnType<typeof Value.Errors>[number];

const mostErrors = 1_000;

/** TypeBox stops at eight errors unless told otherwise, and only by a setting of the whole process. */
function allErrors(schema: TSchema, value: unknown): readonly SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: mostErrors });
  try {
    return Value.Errors(schema, value);
  } finally {
    Settings.Set({ maxErrors });
  }
}

function readPointer(pointer: string, value: unknown): KeyPath {
  let current = value;
  return pointer
    .split("/")
    .slice(1)
    .map((raw) => {
      const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
      const step = Array.isArray(current) ? Number(key) : key;
      current = (current as Record<string | number, unknown> | undefined)?.[step];
      return step;
    });
}

function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((current, key) => (current as Record<string | number, unknown> | undefined)?.[key], value);
}

/** The value as a fault may show it: never where a secret could stand. */
function shown(value: unknown, nodes: readonly SchemaNode[]): string {
  const isSimple = nodes.length > 0 && nodes.every((node) => node.type !== "object" && node.type !== "array");
  if (!isSimple || isSecret(nodes) || typeof value === "object" || value === undefined) return "";
  return ` (it is ${JSON.stringify(value).slice(0, 60)})`;
}

/** Of the variants of a union, the errors of the one that was most likely meant: the one that fails least, constants before all. */
function errorsOfMeantVariant(errors: readonly SchemaError[], prefix: string): readonly SchemaError[] {
  const variants = Map.groupBy(errors, (error) => /^\d+/.exec(error.schemaPath.slice(prefix.length))?.[0]);
  const wrongConstants = (variant: readonly SchemaError[]): readonly SchemaError[] => variant.filter(({ keyword }) => keyword === "const");
  const cost = (variant: readonly SchemaError[]): number => variant.length + 100 * wrongConstants(variant).length;
  const meant = [...variants.values()].toSorted((a, b) => cost(a) - cost(b))[0] ?? [];
  // As long as nobody knows which variant it is, what is missing of it is noise.
  return wrongConstants(meant).length > 0 ? wrongConstants(meant) : meant;
}

/** Leaves, of each failed union, one error or those of one variant: a list of every variant's complaints helps nobody. */
function withoutVariants(errors: readonly SchemaError[]): readonly SchemaError[] {
  const unions = errors.filter(({ keyword }) => keyword === "anyOf").toSorted((a, b) => a.schemaPath.length - b.schemaPath.length);
  const union = unions[0];
  if (!union) return errors;
  const prefix = `${union.schemaPath}/anyOf/`;
  const isInside = (error: SchemaError): boolean =>
    error.schemaPath.startsWith(prefix) && error.instancePath.startsWith(union.instancePath);
  const inside = errors.filter(isInside);
  const others = errors.filter((error) => error !== union && !isInside(error));
  const isDeep = inside.some((error) => error.instancePath.length > union.instancePath.length || error.keyword === "required");
  if (!isDeep) return [{ ...union, keyword: "union" } as unknown as SchemaError, ...withoutVariants(others)];
  return [...withoutVariants(others), ...withoutVariants(errorsOfMeantVariant(inside, prefix))];
}

function describe(nodes: readonly SchemaNode[]): string {
  const choices = nodes.flatMap((node) => (node.const === undefined ? (node.enum ?? []) : [node.const]));
  const types = [...new Set(nodes.filter((node) => node.const === undefined && !node.enum).map((node) => node.type ?? "another value"))];
  const parts = [
    ...choices.map((choice) => JSON.stringify(choice)),
    ...types.map((type) => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`)),
  ];
  return parts.length > 1 ? `expected one of ${parts.join(", ")}` : `expected ${parts[0] ?? "another value"}`;
}

function toFaults(error: SchemaError, schema: SchemaNode, value: unknown): readonly Fault[] {
  const path = readPointer(error.instancePath, value);
  const nodes = at(schema, path);
  if (error.keyword === "required") {
    return error.params.requiredProperties.map((key) => ({ path: [...path, key], message: "is required and absent" }));
  }
  const isChoice = ["union", "type", "const", "enum"].includes(error.keyword);
  const message = isChoice ? describe(nodes) : error.message;
  return [{ path, message: message + shown(valueAt(value, path), nodes) }];
}

function unknownKeys(value: unknown, nodes: readonly SchemaNode[], path: KeyPath): readonly Fault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownKeys(item, below(nodes, index), [...path, index]));
  if (!isPlainObject(value)) return [];
  const meant = nodes.filter((node) => isMeant(node, value));
  const known = knownKeys(meant.length > 0 ? meant : nodes);
  return Object.entries(value).flatMap(([key, member]) => {
    if (!known || known.includes(key)) return unknownKeys(member, below(nodes, key), [...path, key]);
    const like = nearest(key, known);
    const hint = like === undefined ? `known here: ${known.join(", ")}` : `did you mean "${like}"?`;
    return [{ path: [...path, key], message: `is not a known key; ${hint}` }];
  });
}

function wrongDurations(value: unknown, nodes: readonly SchemaNode[], path: KeyPath): readonly Fault[] {
  if (typeof value === "object" && value !== null) {
    const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return members.flatMap(([key, member]) => wrongDurations(member, below(nodes, key), [...path, key]));
  }
  const isDuration = nodes.length > 0 && nodes.every((node) => node[durationKeyword] === true);
  if (!isDuration || typeof value !== "string" || durationAt(nodes, value) !== undefined) return [];
  return [{ path, message: `expected a duration such as "250ms", "10m" or "1h30m"${shown(value, nodes)}` }];
}

/** Everything that is wrong with `value`, each fault once. */
export function validate(schema: TSchema, value: unknown): readonly Fault[] {
  const root = schema as SchemaNode;
  const isExtra = (error: SchemaError): boolean => error.keyword === "additionalProperties" || error.keyword === "boolean";
  const errors = withoutVariants(allErrors(schema, value)).filter((error) => !isExtra(error));
  const nodes = at(root, []);
  const faults = [
    ...unknownKeys(value, nodes, []),
    ...errors.flatMap((error) => toFaults(error, root, value)),
    ...wrongDurations(value, nodes, []),
  ];
  // Whatever the sorting out above has lost must not pass as valid.
  if (faults.length === 0 && !Value.Check(schema, value)) faults.push({ path: [], message: "does not fit the schema" });
  const unique = new Map(faults.map((fault) => [`${JSON.stringify(fault.path)} ${fault.message}`, fault]));
  return [...unique.values()];
}
