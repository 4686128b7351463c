import { secretKeyword } from "@longarm/shared";
import type { TSchema } from "typebox";

/** As much of a JSON Schema as can hold a member. */
interface SchemaNode {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly [secretKeyword]?: unknown;
}

/** Gives the new value of a secret member; `at` is its JSON pointer. */
export type MapSecret = (member: unknown, at: string) => unknown;

/** The node and every branch of it that could describe the same place. */
function branches(nodes: readonly SchemaNode[]): readonly SchemaNode[] {
  return nodes.flatMap((node) => [node, ...branches([...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])])]);
}

function memberNodes(node: SchemaNode, name: string): readonly SchemaNode[] {
  const named = node.properties && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
  if (named) return [named];
  const byPattern = Object.entries(node.patternProperties ?? {}).filter(([pattern]) => new RegExp(pattern).test(name));
  if (byPattern.length > 0) return byPattern.map(([, member]) => member);
  return typeof node.additionalProperties === "object" ? [node.additionalProperties] : [];
}

function walk(nodes: readonly SchemaNode[], value: unknown, way: { readonly at: string; readonly map: MapSecret }): unknown {
  if (value === undefined || value === null) return value;
  const here = branches(nodes);
  if (here.some((node) => node[secretKeyword] === true)) return way.map(value, way.at);
  if (Array.isArray(value)) {
    const items = here.flatMap((node) => node.items ?? []);
    return items.length === 0 ? value : value.map((item, index) => walk(items, item, { ...way, at: `${way.at}/${index}` }));
  }
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const at = `${way.at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      return [
        name,
        walk(
          here.flatMap((node) => memberNodes(node, name)),
          member,
          { ...way, at },
        ),
      ];
    }),
  );
}

const holders = new WeakMap<TSchema, boolean>();

/** Most schemas mark nothing secret, and most values need no walk. */
function mayHoldSecrets(schema: TSchema): boolean {
  const known = holders.get(schema) ?? JSON.stringify(schema).includes(`"${secretKeyword}":true`);
  holders.set(schema, known);
  return known;
}

/**
 * A copy of `value`, or the value itself where nothing is secret, in which every member that its schema marks `x-secret` is replaced by what `map` makes of it. Where branches of
 * a union differ, one that says secret is enough. Absent members and nulls are no secrets. What stands in a secret's place may have
 * any form, so that the same walk seals and opens.
 */
export function mapSecrets(schema: TSchema, value: unknown, map: MapSecret): unknown {
  return mayHoldSecrets(schema) ? walk([schema], value, { at: "", map }) : value;
}

/** The JSON pointers of the secret members that `value` has. */
export function findSecrets(schema: TSchema, value: unknown): readonly string[] {
  const found: string[] = [];
  mapSecrets(schema, value, (member, at) => {
    found.push(at);
    return member;
  });
  return found;
}
