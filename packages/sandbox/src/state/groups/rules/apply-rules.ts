import type { Org } from "../../org.ts";
import { type Refusal, refuseInvalid } from "../../refusal.ts";
import type { UserRecord } from "../../users/user.ts";
import type { GroupRecord } from "../group.ts";
import type { RuleRecord } from "./rule.ts";

const mostExcluded = 100;

function groupsOf(org: Org, rule: RuleRecord): readonly GroupRecord[] {
  return rule.groupIds.flatMap((id) => org.groups.byId(id) ?? []);
}

function touch(org: Org, group: GroupRecord): void {
  org.groups.put({ ...group, lastMembershipUpdated: org.now() }, org.nowMs());
}

function grant(org: Org, rule: RuleRecord, user: UserRecord): void {
  org.groupRules.grantedBy(rule).add(user.index);
  for (const group of groupsOf(org, rule)) if (org.groups.membersOf(group).add(user.index)) touch(org, group);
}

function withdraw(org: Org, rule: RuleRecord, user: UserRecord): void {
  if (!org.groupRules.grantedBy(rule).delete(user.index)) return;
  for (const group of groupsOf(org, rule)) if (org.groups.membersOf(group).remove(user.index)) touch(org, group);
}

function takesIn(rule: RuleRecord, user: UserRecord): boolean {
  return user.status !== "DEPROVISIONED" && !rule.excludedUsers.includes(user.id) && rule.condition(user.profile);
}

function applyRule(org: Org, rule: RuleRecord, user: UserRecord): void {
  if (takesIn(rule, user)) grant(org, rule, user);
  else withdraw(org, rule, user);
}

/** Puts a new or changed user into the groups of the active rules, and takes it out of those whose rule it fits no more. */
export function applyRules(org: Org, user: UserRecord): void {
  for (const rule of org.groupRules.all()) if (rule.status === "ACTIVE") applyRule(org, rule, user);
}

/** Makes the rule active, which takes in every user who fits. */
export function activateRule(org: Org, rule: RuleRecord): void {
  const active = org.groupRules.put({ ...rule, status: "ACTIVE", lastUpdated: org.now() });
  for (let index = 0; index < org.users.end; index += 1) {
    const user = org.users.at(index);
    if (user) applyRule(org, active, user);
  }
}

/** Makes the rule inactive. That whom it has put somewhere stays there is assumed. */
export function deactivateRule(org: Org, rule: RuleRecord): void {
  org.groupRules.put({ ...rule, status: "INACTIVE", lastUpdated: org.now() });
  org.groupRules.grantedBy(rule).clear();
}

/** Puts a user who is being removed from a group by hand on the exception lists of the rules that put it there; a full list refuses. */
export function excludeFromRules(org: Org, group: GroupRecord, user: UserRecord): Refusal | undefined {
  const rules = org.groupRules.all().filter((rule) => rule.groupIds.includes(group.id) && org.groupRules.grantedBy(rule).has(user.index));
  if (rules.some((rule) => rule.excludedUsers.length >= mostExcluded))
    return refuseInvalid("groupMembership", `The exception list of a rule holds ${mostExcluded} users already`);
  for (const rule of rules) {
    org.groupRules.put({ ...rule, excludedUsers: [...rule.excludedUsers, user.id] });
    org.groupRules.grantedBy(rule).delete(user.index);
  }
  return undefined;
}
