import type { TSchema } from "typebox";
import { findSchemaFaults } from "../schema/find-faults.ts";
import { at, below, checkKeyword, durationKeyword, type KeyPath, type SchemaNode } from "../schema/schema-node.ts";
import { quoted } from "../schema/problem.ts";
import { readDuration } from "../duration.ts";
import type { Fault } from "./fault.ts";

/** What the functions say that the schema holds for single values. */
function wrongByCheck(value: unknown, nodes: readonly SchemaNode[], path: KeyPath): readonly Fault[] {
  const own = nodes.flatMap((node) => node[checkKeyword]?.(value) ?? []).map((message) => ({ path, message }));
  if (typeof value !== "object" || value === null) return own;
  const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...own, ...members.flatMap(([key, member]) => wrongByCheck(member, below(nodes, key), [...path, key]))];
}

function wrongDurations(value: unknown, nodes: readonly SchemaNode[], path: KeyPath): readonly Fault[] {
  if (typeof value === "object" && value !== null) {
    const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return members.flatMap(([key, member]) => wrongDurations(member, below(nodes, key), [...path, key]));
  }
  const isDuration = nodes.length > 0 && nodes.every((node) => node[durationKeyword] === true);
  if (!isDuration || typeof value !== "string" || readDuration(value) !== undefined) return [];
  return [{ path, message: `must be a duration such as "250ms", "10m" or "1h30m"${quoted(value, nodes)}` }];
}

/** Everything that is wrong with a configuration, each fault once. Objects are closed unless the schema opens them. */
export function validate(schema: TSchema, value: unknown): readonly Fault[] {
  const faults = findSchemaFaults(schema, value, { closed: true, quote: true });
  const root = at(schema, []);
  const bySchema = faults.map(({ path, problem }) => ({ path, message: problem }));
  return [...bySchema, ...wrongDurations(value, root, []), ...wrongByCheck(value, root, [])];
}
