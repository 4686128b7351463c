import { action, type ActionRequest, type ActionResponse, type ActionRest } from "@longarm/spoke";
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
  input: closed({
    group: groupInput,
    user: userInput,
    ruleManaged: Type.Optional(
      Type.Enum(["remove", "skip"], {
        description:
          "Of a group that an active rule fills, unless it leaves the user out already: `skip` leaves the user in it. Absent: remove.",
      }),
    ),
  }),
  output: closed({
    changed: Type.Boolean(),
    ruleExclusions: nullable(
      Type.Array(Type.String(), {
        description: "Ids of group rules that will not add the user to this group any more; null where the rules cannot be read.",
      }),
    ),
    skipped: Type.Optional(Type.Literal("rule", { description: "The user was left in the group, as a rule fills it." })),
  }),
  examples: [{ title: "By names", input: { group: "name:Engineering", user: "user000042@example.com" } }],
  async run({ rest }, { group, user, ruleManaged }) {
    const groupId = await resolveGroupId(rest, group);
    const userId = await resolveUserId(rest, user);
    const wasMember = await isMember(rest, { groupId, userId, user });
    if (wasMember && ruleManaged === "skip") {
      const rules = await rulesOf(rest, groupId);
      if ("status" in rules) throw explain(rules);
      const isFilled = rules.some((rule) => rule.isActive && !holds(rule.excluded, userId));
      if (isFilled) return { changed: false, ruleExclusions: excludingIn(rules, userId), skipped: "rule" as const };
    }
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

/** A rule that adds users to the group. */
interface Rule {
  readonly id: string;
  readonly isActive: boolean;
  /** Ids of users whom it leaves out. */
  readonly excluded: unknown;
}

/**
 * The rules that would add users to this group and have this user on their exception list. The membership has ended by then, so what
 * keeps the rules from being read must not make the run a failed one.
 */
async function exclusionsOf(rest: ActionRest, of: { readonly groupId: string; readonly userId: string }): Promise<string[] | null> {
  const rules = await rulesOf(rest, of.groupId);
  return "status" in rules ? null : excludingIn(rules, of.userId);
}

function excludingIn(rules: readonly Rule[], userId: string): string[] {
  return rules.filter(({ excluded }) => holds(excluded, userId)).map(({ id }) => id);
}

/** The rules that add users to this group; or the answer that is no list of rules. */
async function rulesOf(rest: ActionRest, groupId: string): Promise<readonly Rule[] | ActionResponse> {
  const found: Rule[] = [];
  let query: ActionRequest["query"] = { limit: 200 };
  for (let page = 0; page < mostPages && query !== undefined; page += 1) {
    const response = await rest.get({ path: ["api", "v1", "groups", "rules"], query });
    if (response.status !== 200 || !Array.isArray(response.body)) return response;
    for (const item of response.body) {
      const { id, status, actions, conditions } = membersOf(item);
      const assigned = membersOf(membersOf(actions)["assignUserToGroups"])["groupIds"];
      const excluded = membersOf(membersOf(membersOf(conditions)["people"])["users"])["exclude"];
      if (typeof id === "string" && holds(assigned, groupId)) found.push({ id, isActive: status === "ACTIVE", excluded });
    }
    query = nextQuery(response.headers["link"]);
  }
  return found;
}

function holds(list: unknown, id: string): boolean {
  return Array.isArray(list) && list.includes(id);
}
