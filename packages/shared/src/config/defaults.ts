import { alternatives, below, isMeant, isPlainObject, type SchemaNode } from "../schema/schema-node.ts";

function fillObject(node: SchemaNode, value: Record<string, unknown>): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...value };
  for (const key of new Set([...Object.keys(node.properties ?? {}), ...Object.keys(value)])) {
    const [member] = node.properties?.[key] ? [node.properties[key]] : below([node], key);
    const set = member ? withDefaults(member, value[key]) : value[key];
    if (set !== undefined) filled[key] = set;
  }
  return filled;
}

function fillUnion(node: SchemaNode, value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  // What was given of the default variant leaves the rest of it in place, its discriminating constant included.
  const variants = alternatives([node]);
  const given =
    isPlainObject(node.default) && !variants.some((variant) => hasConstant(variant, value)) ? { ...node.default, ...value } : value;
  const meant = variants.find((variant) => isMeant(variant, given)) ?? (variants.length === 1 ? variants[0] : undefined);
  return meant ? fillObject(meant, given) : given;
}

function hasConstant(variant: SchemaNode, value: Record<string, unknown>): boolean {
  return Object.entries(variant.properties ?? {}).some(([key, member]) => member.const !== undefined && Object.hasOwn(value, key));
}

/** `value` with the schema's defaults where it says nothing or null; in a union, those of the variant whose constants it names. */
export function withDefaults(node: SchemaNode, value: unknown): unknown {
  const given: unknown = value ?? structuredClone(node.default);
  if (given === undefined) return undefined;
  if (node.anyOf) return fillUnion(node, given);
  if (node.allOf) return node.allOf.reduce<unknown>((filled, part) => withDefaults(part, filled), given);
  const { items } = node;
  if (Array.isArray(given)) return items ? given.map((item) => withDefaults(items, item)) : given;
  return isPlainObject(given) && node.type === "object" ? fillObject(node, given) : given;
}
