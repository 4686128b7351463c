import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Settings } from "typebox/system";
import Value from "typebox/value";
import { pointerToken } from "../json-flaw.ts";
import { problemOf, quoted, unknownMember, type SchemaError } from "./problem.ts";
import { at, below, isMeant, isPlainObject, knownKeys, type KeyPath, type SchemaNode } from "./schema-node.ts";

/** One thing that is wrong with a value: where, and what, as the end of a sentence whose subject is that place. */
export interface SchemaFault {
  readonly path: KeyPath;
  readonly problem: string;
}

/** How a value is looked at. */
export interface FaultOptions {
  /** Objects are closed unless their schema opens them. Default: open unless it closes them. */
  readonly closed?: boolean;
  /** Shows the value that is wrong, but where it is or could be a secret. Default: quotes nothing. */
  readonly quote?: boolean;
}

const mostErrors = 1_000;
// Compiling takes as long as some hundred checks: only what is checked again and again is worth it.
const compileAfter = 50;
const checkers = new WeakMap<TSchema, { checks: number; check?: (value: unknown) => boolean }>();

function fits(schema: TSchema, value: unknown): boolean {
  const checker = checkers.get(schema) ?? { checks: 0 };
  checkers.set(schema, checker);
  checker.checks += 1;
  if (checker.checks < compileAfter) return Value.Check(schema, value);
  if (!checker.check) {
    const compiled = Compile(schema);
    checker.check = (given) => compiled.Check(given);
  }
  return checker.check(value);
}

// TypeBox stops at eight errors unless told otherwise, and only by a setting of the whole process.
function allErrors(schema: TSchema, value: unknown): readonly SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: mostErrors });
  try {
    return Value.Errors(schema, value);
  } finally {
    Settings.Set({ maxErrors });
  }
}

function namesOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((raw) => raw.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function member(of: unknown, key: string | number): unknown {
  return (of as Readonly<Record<string | number, unknown>> | null | undefined)?.[key];
}

function pathTo(pointer: string, value: unknown): KeyPath {
  let current = value;
  return namesOf(pointer).map((name) => {
    const key = Array.isArray(current) ? Number(name) : name;
    current = member(current, key);
    return key;
  });
}

function nodeOf(schema: SchemaNode, { schemaPath }: SchemaError): SchemaNode {
  const names = namesOf(schemaPath).map((name) => decodeURIComponent(name));
  return (names.reduce<unknown>(member, schema) as SchemaNode | undefined) ?? {};
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

const wholeMemberKeywords: ReadonlySet<string> = new Set(["required", "additionalProperties"]);

/** Leaves, of each failed union, one error or those of one variant: a list of every variant's complaints helps nobody. */
function withoutVariants(errors: readonly SchemaError[]): readonly SchemaError[] {
  const unions = errors.filter(({ keyword }) => keyword === "anyOf").toSorted((a, b) => a.schemaPath.length - b.schemaPath.length);
  const union = unions[0];
  if (!union) return errors;
  const prefix = `${union.schemaPath}/anyOf/`;
  const isInside = (error: SchemaError): boolean =>
    error.schemaPath.startsWith(prefix) && error.instancePath.startsWith(union.instancePath);
  const inside = errors.filter(isInside);
  const others = withoutVariants(errors.filter((error) => error !== union && !isInside(error)));
  const isDeep = inside.some((error) => error.instancePath.length > union.instancePath.length || wholeMemberKeywords.has(error.keyword));
  return isDeep ? [...others, ...withoutVariants(errorsOfMeantVariant(inside, prefix))] : [union, ...others];
}

interface Looked {
  readonly schema: SchemaNode;
  readonly value: unknown;
  readonly options: FaultOptions;
}

function toFaults(error: SchemaError, { schema, value, options }: Looked): readonly SchemaFault[] {
  const path = pathTo(error.instancePath, value);
  const node = nodeOf(schema, error);
  if (error.keyword === "required") {
    return error.params.requiredProperties.map((name) => ({ path: [...path, name], problem: "is required and absent" }));
  }
  if (error.keyword === "additionalProperties") {
    const known = Object.keys(node.properties ?? {});
    return error.params.additionalProperties.map((name) => ({ path: [...path, name], problem: unknownMember(name, known) }));
  }
  const nodes = at(schema, path);
  const problem = problemOf(error, node, nodes);
  return [{ path, problem: options.quote === true ? problem + quoted(path.reduce(member, value), nodes) : problem }];
}

/** Members that no schema knows, where objects are closed unless their schema opens them. */
function unknownMembers(value: unknown, nodes: readonly SchemaNode[], path: KeyPath): readonly SchemaFault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownMembers(item, below(nodes, index), [...path, index]));
  if (!isPlainObject(value)) return [];
  const meant = nodes.filter((node) => isMeant(node, value));
  const known = knownKeys(meant.length > 0 ? meant : nodes);
  return Object.entries(value).flatMap(([key, inner]) => {
    if (!known || known.includes(key)) return unknownMembers(inner, below(nodes, key), [...path, key]);
    return [{ path: [...path, key], problem: unknownMember(key, known) }];
  });
}

/** Everything that is wrong with `value`, each fault once; none when it is as its schema wants. */
export function findSchemaFaults(schema: TSchema, value: unknown, options: FaultOptions = {}): readonly SchemaFault[] {
  const isValid = fits(schema, value);
  if (isValid && options.closed !== true) return [];
  const looked: Looked = { schema, value, options };
  // The schema `false` behind a closed object only repeats what `additionalProperties` has said.
  const isEcho = ({ keyword }: SchemaError): boolean =>
    keyword === "boolean" || (options.closed === true && keyword === "additionalProperties");
  const all = isValid ? [] : allErrors(schema, value);
  const kept = new Set(withoutVariants(all));
  const errors = all.filter((error) => kept.has(error) && !isEcho(error));
  const faults = [
    ...(options.closed === true ? unknownMembers(value, at(looked.schema, []), []) : []),
    ...errors.flatMap((error) => toFaults(error, looked)),
  ];
  // Whatever the sorting out above has lost must not pass as valid.
  if (faults.length === 0 && !isValid) faults.push({ path: [], problem: "does not fit the schema" });
  const unique = new Map(faults.map((fault) => [`${JSON.stringify(fault.path)} ${fault.problem}`, fault]));
  return [...unique.values()];
}

/** A path as a JSON pointer (RFC 6901); "" is the whole value. */
export function toPointer(path: KeyPath): string {
  return path.map((key) => `/${pointerToken(String(key))}`).join("");
}
