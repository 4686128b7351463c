import { action, type ActionRequest, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { resolveGroupId, resolveUserId } from "../../identity.ts";
import { nextQuery } from "../../paging.ts";
import { closed, groupInput, membersOf, nullable, userInput } from "../../schemas.ts";
import { changeMembership, isMember, membershipPath, readingMembership, whichIsAbsent } from "./membership.ts";

// An org may have 2,000 rules.
const mostPages = 20;

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
    ruleExclusions: nullable(
      Type.Array(Type.String(), {
        description: "Ids of group rules that will not add the user to this group any more; null where the rules cannot be read.",
      }),
    ),
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
        ifUnknown: readingMembership({ groupId, userId }, false),
      });
      if (response.status === 404) throw await whichIsAbsent(rest, { group, user });
      if (response.status < 200 || response.status > 299) throw explain(response);
    }
    return { changed: wasMember, ruleExclusions: await exclusionsOf(rest, { groupId, userId }) };
  },
});

/**
 * The rules that would add users to this group and have this user on their exception list. The membership has ended by then, so what
 * keeps the rules from being read must not make the run a failed one.
 */
async function exclusionsOf(rest: ActionRest, of: { readonly groupId: string; readonly userId: string }): Promise<string[] | null> {
  const excluding: string[] = [];
  let query: ActionRequest["query"] = { limit: 200 };
  for (let page = 0; page < mostPages && query !== undefined; page += 1) {
    const { status, headers, body } = await rest.get({ path: ["api", "v1", "groups", "rules"], query });
    if (status !== 200 || !Array.isArray(body)) return null;
    for (const item of body) {
      const rule = membersOf(item);
      const assigned = membersOf(membersOf(rule["actions"])["assignUserToGroups"])["groupIds"];
      const excluded = membersOf(membersOf(membersOf(rule["conditions"])["people"])["users"])["exclude"];
      if (typeof rule["id"] === "string" && holds(assigned, of.groupId) && holds(excluded, of.userId)) excluding.push(rule["id"]);
    }
    query = nextQuery(headers["link"]);
  }
  return excluding;
}

function holds(list: unknown, id: string): boolean {
  return Array.isArray(list) && list.includes(id);
}
