/** A schema's parts that JSON does not show, such as the kind that the schema library reads by. */
const hidden = "$hidden";

type Node = Record<string, unknown>;

/**
 * A schema as it may cross to another thread, which keeps only what can be listed. Throws a `TypeError` for one that holds functions: it
 * could not be checked on the other side.
 */
export function packSchema(node: unknown, at = ""): unknown {
  if (typeof node === "function") throw new TypeError(`its schema holds code at ${at || "/"}; a flow's schema must be plain JSON Schema`);
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((child, index) => packSchema(child, `${at}/${index}`));
  const packed: Node = {};
  const kept: Node = {};
  for (const [name, { value, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(node as Node)))
    (enumerable === true ? packed : kept)[name] = packSchema(value, `${at}/${name}`);
  return Object.keys(kept).length > 0 ? { ...packed, [hidden]: kept } : packed;
}

/** The schema that was packed. */
export function unpackSchema(packed: unknown): unknown {
  if (typeof packed !== "object" || packed === null) return packed;
  if (Array.isArray(packed)) return packed.map(unpackSchema);
  const { [hidden]: kept = {}, ...shown } = packed as Node;
  const node: Node = {};
  for (const [name, child] of Object.entries(shown)) node[name] = unpackSchema(child);
  for (const [name, child] of Object.entries(kept as Node))
    Object.defineProperty(node, name, { value: unpackSchema(child), enumerable: false, writable: true, configurable: true });
  return node;
}
