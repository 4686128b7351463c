import { alternatives, below, isPlainObject, type KeyPath, type SchemaNode } from "../schema/schema-node.ts";

/** Variables by their names, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What one environment variable sets. */
export interface Override {
  readonly path: KeyPath;
  readonly variable: string;
  readonly value: unknown;
}

/** `maxResponseBytes` → `MAX_RESPONSE_BYTES`, `publicUrl` → `PUBLIC_URL` */
function toSnake(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What the text of a variable means where `nodes` may stand. What does not fit stays text, for the validation to name. */
function coerce(text: string, nodes: readonly SchemaNode[]): unknown {
  const types = new Set(nodes.map((node) => node.type));
  if ((types.has("number") || types.has("integer")) && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  if (types.has("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.has("object")) {
    const value = readJson(text);
    if (isPlainObject(value)) return value;
  }
  if (!types.has("array")) return text;
  const value = readJson(text);
  if (Array.isArray(value)) return value;
  const items = alternatives(nodes.flatMap((node) => node.items ?? []));
  return text.split(",").map((item) => coerce(item.trim(), items));
}

function overridesBelow(
  nodes: readonly SchemaNode[],
  at: { path: KeyPath; variable: string },
  environment: Environment,
): readonly Override[] {
  const keys = new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})));
  return [...keys].flatMap((key) => {
    const place = { path: [...at.path, key], variable: `${at.variable}_${toSnake(key)}` };
    const members = below(nodes, key);
    const text = environment[place.variable];
    const own = text === undefined || text === "" ? [] : [{ ...place, value: coerce(text, members) }];
    // The whole first, so that a variable for one member changes it there.
    return [...own, ...overridesBelow(members, place, environment)];
  });
}

/** Every key that the environment sets, as `<prefix>_<PATH>`; an empty variable sets nothing. */
export function readOverrides(schema: SchemaNode, environment: Environment, prefix: string): readonly Override[] {
  return overridesBelow(alternatives([schema]), { path: [], variable: prefix }, environment);
}

/** `target` with `value` at `path`; what stands in the way is replaced. */
export function withValueAt(target: unknown, path: KeyPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const base = isPlainObject(target) ? target : {};
  return { ...base, [key]: withValueAt(base[key], rest, value) };
}
