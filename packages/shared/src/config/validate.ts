import type { TSchema } from "typebox";
import { findSchemaFaults } from "../schema/find-faults.ts";
import { at, below, durationKeyword, type KeyPath, type SchemaNode } from "../schema/schema-node.ts";
import { quoted } from "../schema/problem.ts";
import { readDuration } from "../duration.ts";
import type { Fault } from "./fault.ts";

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
  return [...faults.map(({ path, problem }) => ({ path, message: problem })), ...wrongDurations(value, at(schema, []), [])];
}
