import { changed, type Effect } from "../../effect.ts";
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

interface Membership {
  readonly group: GroupRecord;
  readonly user: UserRecord;
}

function moved(org: Org, rule: RuleRecord, { group, user }: Membership): Effect {
  touch(org, group);
  const effect = org.groups.membersOf(group).has(user.index) ? "group.memberAdded" : "group.memberRemoved";
  return changed(effect, `${group.id}/${user.id}`, { byRule: rule.id });
}

function grant(org: Org, rule: RuleRecord, user: UserRecord): readonly Effect[] {
  org.groupRules.grantedBy(rule).add(user.index);
  const added = groupsOf(org, rule).filter((group) => org.groups.membersOf(group).add(user.index));
  return added.map((group) => moved(org, rule, { group, user }));
}

function isGrantedByAnother(org: Org, rule: RuleRecord, { group, user }: Membership): boolean {
  return org.groupRules
    .all()
    .some((one) => one.id !== rule.id && one.groupIds.includes(group.id) && org.groupRules.grantedBy(one).has(user.index));
}

function withdraw(org: Org, rule: RuleRecord, user: UserRecord): readonly Effect[] {
  if (!org.groupRules.grantedBy(rule).delete(user.index)) return [];
  const removed = groupsOf(org, rule).filter(
    (group) => !isGrantedByAnother(org, rule, { group, user }) && org.groups.membersOf(group).remove(user.index),
  );
  return removed.map((group) => moved(org, rule, { group, user }));
}

function takesIn(rule: RuleRecord, user: UserRecord): boolean {
  return user.status !== "DEPROVISIONED" && !rule.excludedUsers.includes(user.id) && rule.condition(user.profile);
}

function applyRule(org: Org, rule: RuleRecord, user: UserRecord): readonly Effect[] {
  return takesIn(rule, user) ? grant(org, rule, user) : withdraw(org, rule, user);
}

/**
 * Puts a new, changed or returning user into the groups of the active rules, and takes it out of those whose rule it fits no more.
 * Returns what that changed. A deactivation is no occasion for it: who is deactivated stays in its groups, as Okta says.
 */
export function applyRules(org: Org, user: UserRecord): readonly Effect[] {
  return org.groupRules.all().flatMap((rule) => (rule.status === "ACTIVE" ? applyRule(org, rule, user) : []));
}

/** Makes the rule active, which takes in every user who fits. Returns the memberships that it changed. */
export function activateRule(org: Org, rule: RuleRecord): readonly Effect[] {
  const active = org.groupRules.put({ ...rule, status: "ACTIVE", lastUpdated: org.now() });
  const effects: Effect[] = [];
  for (let index = 0; index < org.users.end; index += 1) {
    const user = org.users.at(index);
    if (user) for (const effect of applyRule(org, active, user)) effects.push(effect);
  }
  return effects;
}

/** Makes the rule inactive. Whom it has put somewhere stays there. */
export function deactivateRule(org: Org, rule: RuleRecord): readonly Effect[] {
  org.groupRules.put({ ...rule, status: "INACTIVE", lastUpdated: org.now() });
  return [];
}

/** Removes the rule; whom it has put somewhere stays there, unless `removeUsers`. Returns the memberships that this changed. */
export function deleteRule(org: Org, rule: RuleRecord, removeUsers: boolean): readonly Effect[] {
  const users = removeUsers ? [...org.groupRules.grantedBy(rule)].flatMap((index) => org.users.at(index) ?? []) : [];
  const effects = users.flatMap((user) => withdraw(org, rule, user));
  org.departed.note(rule.id, { alternateId: "unknown", displayName: rule.name });
  org.groupRules.remove(rule);
  return effects;
}

/** Puts a user who is being removed from a group by hand on the exception lists of the rules that put it there; a full list refuses. */
export function excludeFromRules(
  org: Org,
  group: GroupRecord,
  user: UserRecord,
): { readonly kind: "done"; readonly effects: readonly Effect[] } | Refusal {
  const rules = org.groupRules.all().filter((rule) => rule.groupIds.includes(group.id) && org.groupRules.grantedBy(rule).has(user.index));
  if (rules.some((rule) => rule.excludedUsers.length >= mostExcluded))
    return refuseInvalid("groupMembership", `The exception list of a rule holds ${mostExcluded} users already`);
  for (const rule of rules) {
    org.groupRules.put({ ...rule, excludedUsers: [...rule.excludedUsers, user.id] });
    org.groupRules.grantedBy(rule).delete(user.index);
  }
  return { kind: "done", effects: rules.map((rule) => changed("groupRule.userExcluded", `${rule.id}/${user.id}`)) };
}
