import type { Org } from "../org.ts";
import { type Refusal, refuseInvalid } from "../refusal.ts";
import type { UserRecord } from "../users/user.ts";
import type { GroupRecord } from "./group.ts";
import { excludeFromRules } from "./rules/apply-rules.ts";

/** Whether a membership was changed or stood so already, or why it may not be changed. */
export type MembershipOutcome = { readonly kind: "done"; readonly changed: boolean } | Refusal;

function moved(org: Org, group: GroupRecord, changed: boolean): MembershipOutcome {
  if (changed) org.groups.put({ ...group, lastMembershipUpdated: org.now() }, org.nowMs());
  return { kind: "done", changed };
}

/** Okta refuses by-hand changes to its own group and to groups that an application owns. The text is assumed. */
function ownerFault(group: GroupRecord): Refusal | undefined {
  if (group.type === "OKTA_GROUP") return undefined;
  return refuseInvalid("groupMembership", `Cannot modify the members of a group of type ${group.type}`);
}

/** Puts the user into the group. */
export function addMember(org: Org, group: GroupRecord, user: UserRecord): MembershipOutcome {
  return ownerFault(group) ?? moved(org, group, org.groups.membersOf(group).add(user.index));
}

/** Takes the user out of the group, and puts it on the exception lists of the rules that had put it there. */
export function removeMember(org: Org, group: GroupRecord, user: UserRecord): MembershipOutcome {
  if (!org.groups.membersOf(group).has(user.index)) return ownerFault(group) ?? { kind: "done", changed: false };
  const fault = ownerFault(group) ?? excludeFromRules(org, group, user);
  return fault ?? moved(org, group, org.groups.membersOf(group).remove(user.index));
}
