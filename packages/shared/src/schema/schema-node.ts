import Type from "typebox";
import { readDuration } from "../duration.ts";
import { secretKeyword, type Secret } from "../secret.ts";

/** The keyword that marks a string as a duration (`10m`); the loaded value is a number of milliseconds. */
export const durationKeyword = "x-duration";

/** The keyword by which a string with a pattern says in words what it must be, such as `a run id, e.g. run_…`. */
export const expectsKeyword = "x-expects";

/** The keyword of a value that a function looks at beyond what a schema can say: what is wrong with it, as the end of a sentence. */
export const checkKeyword = "x-check";

/** As much of JSON Schema as configurations, inputs and requests are written in. */
export interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly not?: SchemaNode;
  readonly [expectsKeyword]?: string;
  readonly [secretKeyword]?: boolean;
  readonly [durationKeyword]?: boolean;
  readonly [checkKeyword]?: (value: unknown) => string | undefined;
}

export type KeyPath = readonly (string | number)[];

/** A string whose loaded value is a `Secret`; it may be written as `${env:NAME}` or `${file:/path}`. */
export function secretString(options: Readonly<Record<string, unknown>> = {}) {
  return Type.Unsafe<Secret>(Type.String({ minLength: 1, ...options, [secretKeyword]: true }));
}

/** A duration such as `"10m"` or `"250ms"`, whose loaded value is in milliseconds. `default` is written as a duration too. */
export function durationString(options: Readonly<Record<string, unknown>> = {}) {
  return Type.Unsafe<number>(Type.String({ ...options, [durationKeyword]: true }));
}

/** A string that `check` looks at too; it says what is wrong with it, as the end of a sentence whose subject is its place. */
export function checkedString(check: (text: string) => string | undefined, options: Readonly<Record<string, unknown>> = {}) {
  const ofText = (value: unknown): string | undefined => (typeof value === "string" ? check(value) : undefined);
  return Type.String({ ...options, [checkKeyword]: ofText });
}

/** The node and, instead of a union or an intersection, its parts: what may stand in one place. */
export function alternatives(nodes: readonly SchemaNode[]): readonly SchemaNode[] {
  return nodes.flatMap((node) => {
    const parts = [...(node.anyOf ?? []), ...(node.allOf ?? [])];
    return parts.length > 0 ? alternatives(parts) : [node];
  });
}

function membersOf(node: SchemaNode, key: string): readonly SchemaNode[] {
  const named = node.properties && Object.hasOwn(node.properties, key) ? node.properties[key] : undefined;
  if (named) return [named];
  const byPattern = Object.entries(node.patternProperties ?? {}).filter(([pattern]) => new RegExp(pattern).test(key));
  if (byPattern.length > 0) return byPattern.map(([, member]) => member);
  return typeof node.additionalProperties === "object" ? [node.additionalProperties] : [];
}

/** What may stand under `key`; none when the key is not known. */
export function below(nodes: readonly SchemaNode[], key: string | number): readonly SchemaNode[] {
  if (typeof key === "number") return alternatives(nodes.flatMap((node) => node.items ?? []));
  return alternatives(nodes.flatMap((node) => membersOf(node, key)));
}

/** What may stand at `path` below the root. */
export function at(schema: SchemaNode, path: KeyPath): readonly SchemaNode[] {
  return path.reduce((nodes, key) => below(nodes, key), alternatives([schema]));
}

/** Do the constants of this variant, such as `kind: "embedded"`, all stand in the value? */
export function isMeant(variant: SchemaNode, value: Record<string, unknown>): boolean {
  const constants = Object.entries(variant.properties ?? {}).filter(([, member]) => member.const !== undefined);
  return constants.length > 0 && constants.every(([key, member]) => value[key] === member.const);
}

/** The names that an object in this place may use; undefined when it may use any. */
export function knownKeys(nodes: readonly SchemaNode[]): readonly string[] | undefined {
  const objects = nodes.filter((node) => node.type === "object");
  const isOpen = objects.some((node) => !node.properties || node.patternProperties || typeof node.additionalProperties === "object");
  return objects.length === 0 || isOpen ? undefined : [...new Set(objects.flatMap((node) => Object.keys(node.properties ?? {})))];
}

export function isSecret(nodes: readonly SchemaNode[]): boolean {
  return nodes.some((node) => node[secretKeyword] === true);
}

/** The milliseconds that `value` stands for where the schema asks for a duration; otherwise undefined. */
export function durationAt(nodes: readonly SchemaNode[], value: unknown): number | undefined {
  if (typeof value !== "string" || !nodes.some((node) => node[durationKeyword] === true)) return undefined;
  return readDuration(value);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export interface Place {
  readonly path: KeyPath;
  readonly nodes: readonly SchemaNode[];
}

/** A copy of `value` in which `visit` has replaced every leaf; objects and arrays are copied through. */
export function mapLeaves(value: unknown, place: Place, visit: (leaf: unknown, place: Place) => unknown): unknown {
  const step = (key: string | number, member: unknown): unknown =>
    mapLeaves(member, { path: [...place.path, key], nodes: below(place.nodes, key) }, visit);
  if (Array.isArray(value)) return value.map((item, index) => step(index, item));
  if (!isPlainObject(value)) return visit(value, place);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, step(key, member)]));
}

/** `broker.ports[2].name` */
export function showPath(path: KeyPath): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("") || "(the whole)";
}
