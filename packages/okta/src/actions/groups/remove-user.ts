import { action, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { resolveGroupId, resolveUserId } from "../../identity.ts";
import { listItems } from "../../paging.ts";
import { closed, groupInput, membersOf, userInput } from "../../schemas.ts";
import { changeMembership, isMember, membershipPath, whichIsAbsent } from "./membership.ts";

/**
 * Row "Remove User From Group". Okta puts a member whom a rule had added on the rule's exception list, for good: a caller that does
 * not hear of it would wonder why the rule never adds the user again.
 */
export const removeUserFromGroup = action({
  name: "okta.group.removeUser",
  title: "Remove User From Group",
  summary: "Ends a user's membership of a group; one that is no member stays none.",
  category: "Group management",
  docs: docsOf("Group", "unassignUserFromGroup"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.groups.manage", "okta.users.read"],
  input: closed({ group: groupInput, user: userInput }),
  output: closed({
    changed: Type.Boolean(),
    ruleExclusions: Type.Array(Type.String(), { description: "Ids of group rules that will not add the user to this group any more." }),
  }),
  examples: [{ title: "By names", input: { group: "name:Engineering", user: "user000042@example.com" } }],
  async run({ rest }, { group, user }) {
    const groupId = await resolveGroupId(rest, group);
    const userId = await resolveUserId(rest, user);
    const wasMember = await isMember(rest, { groupId, userId, user });
    if (wasMember) {
      const response = await rest.delete({
        path: membershipPath(groupId, userId),
        plan: changeMembership({ groupId, userId }, false),
        ifUnknown: "repeat",
      });
      if (response.status === 404) throw await whichIsAbsent(rest, { group, user });
      if (response.status < 200 || response.status > 299) throw explain(response);
    }
    return { changed: wasMember, ruleExclusions: await exclusionsOf(rest, { groupId, userId }) };
  },
});

/** The rules that would add users to this group and have this user on their exception list. */
async function exclusionsOf(rest: ActionRest, of: { readonly groupId: string; readonly userId: string }): Promise<string[]> {
  const excluding: string[] = [];
  for await (const item of listItems(rest, { path: ["api", "v1", "groups", "rules"], query: { limit: 200 } })) {
    const rule = membersOf(item);
    const assigned = membersOf(membersOf(rule["actions"])["assignUserToGroups"])["groupIds"];
    const excluded = membersOf(membersOf(membersOf(rule["conditions"])["people"])["users"])["exclude"];
    if (typeof rule["id"] === "string" && holds(assigned, of.groupId) && holds(excluded, of.userId)) excluding.push(rule["id"]);
  }
  return excluding;
}

function holds(list: unknown, id: string): boolean {
  return Array.isArray(list) && list.includes(id);
}
