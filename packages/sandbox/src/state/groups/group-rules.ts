import type { Operator } from "../expressions/expression.ts";
import type { ExpressionRules } from "../expressions/rules.ts";
import type { Org } from "../org.ts";
import type { GroupRecord } from "./group.ts";

const times: ReadonlySet<string> = new Set(["created", "lastUpdated", "lastMembershipUpdated"]);
const order: readonly Operator[] = ["gt", "ge", "lt", "le"];

/** `search` on groups: every attribute of their schema, `co` on name and description only, values without regard to case. */
export function groupSearchRules({ groupAttributes }: Org): ExpressionRules {
  return {
    operatorsFor(attribute) {
      if (times.has(attribute)) return ["eq", ...order];
      if (attribute === "profile.name" || attribute === "profile.description") return ["eq", "sw", "co"];
      if (attribute.startsWith("profile.")) return groupAttributes.has(attribute.slice("profile.".length)) ? ["eq", "sw"] : undefined;
      return attribute === "id" || attribute === "type" || attribute === "source.id" ? ["eq", "sw"] : undefined;
    },
    isTime: (attribute) => times.has(attribute),
    ignoreCase: true,
  };
}

/** `filter` on groups: id, type and the two times of change. */
export const groupFilterRules: ExpressionRules = {
  operatorsFor(attribute) {
    if (attribute === "lastUpdated" || attribute === "lastMembershipUpdated") return ["eq", ...order];
    return attribute === "id" || attribute === "type" ? ["eq"] : undefined;
  },
  isTime: (attribute) => times.has(attribute),
  ignoreCase: false,
};

/** One attribute of a group by its path. */
export function readGroupAttribute(group: GroupRecord, attribute: string): unknown {
  if (attribute.startsWith("profile.")) return group.profile[attribute.slice("profile.".length)];
  return attribute === "source.id" ? group.sourceId : group[attribute as keyof GroupRecord];
}
