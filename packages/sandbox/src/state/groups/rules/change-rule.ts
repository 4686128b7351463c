import type { Org } from "../../org.ts";
import { type Refusal, refuseInvalid, refuseUnknown } from "../../refusal.ts";
import { readCondition } from "./condition.ts";
import type { RuleRecord } from "./rule.ts";

/** What a request says of a rule; the body's parts as they came. */
export interface RuleWish {
  readonly type: unknown;
  readonly name: unknown;
  readonly expression: unknown;
  readonly excludedUsers: unknown;
  readonly groupIds: unknown;
}

/** The rule as it now is, or why nothing was done. */
export type RuleOutcome = { readonly kind: "done"; readonly rule: RuleRecord } | Refusal;

type Content = Pick<RuleRecord, "name" | "expression" | "condition" | "excludedUsers" | "groupIds">;

const longestName = 50;

function idsIn(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((id) => typeof id === "string") ? value : undefined;
}

function check(org: Org, wish: RuleWish): { readonly kind: "content"; readonly content: Content } | Refusal {
  if (wish.type !== "group_rule") return refuseInvalid("type", "type: Invalid value");
  if (typeof wish.name !== "string" || wish.name.trim() === "") return refuseInvalid("name", "name: The field cannot be left blank");
  if (wish.name.length > longestName) return refuseInvalid("name", `name: The field must be at most ${longestName} characters`);
  const condition = typeof wish.expression === "string" ? readCondition(wish.expression) : undefined;
  if (!condition) return refuseInvalid("conditions", "conditions.expression: The expression is invalid");
  const excludedUsers = idsIn(wish.excludedUsers);
  if (!excludedUsers) return refuseInvalid("conditions", "conditions.people.users.exclude: Expecting a list of ids");
  const groupIds = idsIn(wish.groupIds);
  if (!groupIds || groupIds.length === 0)
    return refuseInvalid("actions", "actions.assignUserToGroups.groupIds: The field cannot be left blank");
  const missing = groupIds.find((id) => org.groups.byId(id)?.type !== "OKTA_GROUP");
  if (missing !== undefined) return refuseUnknown(missing, "UserGroup");
  return { kind: "content", content: { name: wish.name, expression: String(wish.expression), condition, excludedUsers, groupIds } };
}

/** Makes a rule, inactive as every new one is. */
export function createRule(org: Org, wish: RuleWish): RuleOutcome {
  const checked = check(org, wish);
  if (checked.kind === "refused") return checked;
  const now = org.now();
  return { kind: "done", rule: org.groupRules.add({ ...checked.content, status: "INACTIVE", created: now, lastUpdated: now }) };
}

/** Replaces the rule's content; only an inactive rule may be changed. */
export function replaceRule(org: Org, rule: RuleRecord, wish: RuleWish): RuleOutcome {
  if (rule.status === "ACTIVE") return refuseInvalid("status", "status: An active rule cannot be changed");
  const checked = check(org, wish);
  if (checked.kind === "refused") return checked;
  return { kind: "done", rule: org.groupRules.put({ ...rule, ...checked.content, lastUpdated: org.now() }) };
}
