import type { Effect } from "../effect.ts";
import type { Org } from "../org.ts";
import { type Refusal, refuseInvalid } from "../refusal.ts";
import type { UserRecord } from "../users/user.ts";
import type { GroupRecord } from "./group.ts";
import { excludeFromRules } from "./rules/apply-rules.ts";

/** What a change of a membership did, or why it may not be changed. */
export type MembershipOutcome = { readonly kind: "done"; readonly effects: readonly Effect[] } | Refusal;

function moved(org: Org, group: GroupRecord, effect: Effect): MembershipOutcome {
  if (effect.changed) org.groups.put({ ...group, lastMembershipUpdated: org.now() }, org.nowMs());
  return { kind: "done", effects: [effect] };
}

/** Okta refuses by-hand changes to its own group and to groups that an application owns. The text is assumed. */
function ownerFault(group: GroupRecord): Refusal | undefined {
  if (group.type === "OKTA_GROUP") return undefined;
  return refuseInvalid("groupMembership", `Cannot modify the members of a group of type ${group.type}`);
}

/** Puts the user into the group. */
export function addMember(org: Org, group: GroupRecord, user: UserRecord): MembershipOutcome {
  const fault = ownerFault(group);
  if (fault) return fault;
  const changed = org.groups.membersOf(group).add(user.index);
  return moved(org, group, { effect: "group.memberAdded", object: `${group.id}/${user.id}`, changed });
}

/** Takes the user out of the group, and puts it on the exception lists of the rules that had put it there. */
export function removeMember(org: Org, group: GroupRecord, user: UserRecord): MembershipOutcome {
  const fault = ownerFault(group);
  if (fault) return fault;
  const object = `${group.id}/${user.id}`;
  const isMember = org.groups.membersOf(group).has(user.index);
  const excluded = isMember ? excludeFromRules(org, group, user) : { kind: "done" as const, effects: [] };
  if (excluded.kind === "refused") return excluded;
  const changed = org.groups.membersOf(group).remove(user.index);
  const removed = moved(org, group, { effect: "group.memberRemoved", object, changed });
  return removed.kind === "refused" ? removed : { kind: "done", effects: [...removed.effects, ...excluded.effects] };
}

/** Takes a user who is being deleted out of every group. Returns the memberships that this ended; that of Everyone goes without a word. */
export function leaveGroups(org: Org, user: UserRecord): readonly Effect[] {
  const left = org.groups.all().filter((group) => org.groups.membersOf(group).remove(user.index) && group.type !== "BUILT_IN");
  return left.map((group) => ({ effect: "group.memberRemoved", object: `${group.id}/${user.id}`, changed: true }));
}
