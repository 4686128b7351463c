import type { Org } from "../org.ts";
import { type Refusal, refuseInvalid } from "../refusal.ts";
import type { GroupRecord } from "./group.ts";

type GroupProfile = GroupRecord["profile"];

/** The group as it now is, or why nothing was done. */
export type GroupOutcome = { readonly kind: "done"; readonly group: GroupRecord } | Refusal;

const maxNameLength = 255;
const maxDescriptionLength = 1024;

function checkProfile(org: Org, given: Readonly<Record<string, unknown>>): { kind: "profile"; profile: GroupProfile } | Refusal {
  const unknown = Object.keys(given).find((name) => name !== "name" && name !== "description" && !org.groupAttributes.has(name));
  if (unknown !== undefined) return refuseInvalid("profile", `Property name '${unknown}' is not defined in profile`);
  const { name, description = null, ...custom } = given;
  if (typeof name !== "string" || name.trim() === "") return refuseInvalid("name", "name: The field cannot be left blank");
  if (name.length > maxNameLength) return refuseInvalid("name", "name: The field is too long");
  if (description !== null && typeof description !== "string") return refuseInvalid("description", "description: Expecting string.");
  if (description !== null && description.length > maxDescriptionLength)
    return refuseInvalid("description", "description: The field is too long");
  const [fault] = org.groupAttributes.faults(custom);
  if (fault !== undefined) return refuseInvalid(fault.slice(0, fault.indexOf(":")), fault);
  return { kind: "profile", profile: { ...custom, name, description } };
}

function isTaken(org: Org, name: string, self?: GroupRecord): boolean {
  return org.groups.all().some((group) => group.type === "OKTA_GROUP" && group.profile.name === name && group.index !== self?.index);
}

const duplicate = "name: An object with this field already exists in the current organization";

/** Makes a group; names are unique among OKTA_GROUPs. */
export function createGroup(org: Org, profile: Readonly<Record<string, unknown>>): GroupOutcome {
  const checked = checkProfile(org, profile);
  if (checked.kind === "refused") return checked;
  if (isTaken(org, checked.profile.name)) return refuseInvalid("name", duplicate);
  const now = org.now();
  const times = { created: now, lastUpdated: now, lastMembershipUpdated: now };
  const group = {
    ...times,
    type: "OKTA_GROUP" as const,
    objectClass: ["okta:user_group"],
    profile: checked.profile,
    sourceId: null,
  };
  return { kind: "done", group: org.groups.add(group, org.nowMs()) };
}

/** Okta lets nobody edit or delete its own group, nor those that an application owns. The text is assumed. */
function ownerFault(group: GroupRecord): Refusal | undefined {
  return group.type === "OKTA_GROUP" ? undefined : refuseInvalid("group", `A group of type ${group.type} cannot be changed`);
}

/** Replaces the group's profile; what the new one leaves out is gone. */
export function replaceGroup(org: Org, group: GroupRecord, profile: Readonly<Record<string, unknown>>): GroupOutcome {
  const fault = ownerFault(group);
  if (fault) return fault;
  const checked = checkProfile(org, profile);
  if (checked.kind === "refused") return checked;
  if (isTaken(org, checked.profile.name, group)) return refuseInvalid("name", duplicate);
  return {
    kind: "done",
    group: org.groups.put({ ...group, profile: checked.profile, lastUpdated: org.now() }, org.nowMs()),
  };
}

/** Removes the group; its members stay. */
export function deleteGroup(org: Org, group: GroupRecord): GroupOutcome {
  const fault = ownerFault(group);
  if (fault) return fault;
  org.departed.note(group.id, { alternateId: "unknown", displayName: group.profile.name });
  org.groups.remove(group, org.nowMs());
  return { kind: "done", group };
}
