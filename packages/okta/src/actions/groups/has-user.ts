import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { requireGroup, resolveUserId } from "../../identity.ts";
import { closed, groupInput, userInput } from "../../schemas.ts";
import { isMember } from "./membership.ts";

/** Row "Is User In Group". All pages are read: a first page alone would deny what stands on the second. */
export const hasUser = action({
  name: "okta.group.hasUser",
  title: "Is User In Group",
  summary: "Says whether a user is a member of a group.",
  category: "Group management",
  docs: docsOf("UserResources", "listUserGroups"),
  version: 1,
  effect: "read",
  destructive: false,
  scopes: ["okta.groups.read", "okta.users.read"],
  input: closed({ group: groupInput, user: userInput }),
  output: closed({ isMember: Type.Boolean() }),
  examples: [{ title: "By names", input: { group: "name:Engineering", user: "user000042@example.com" } }],
  async run({ rest }, { group, user }) {
    // Read rather than taken as it is: nobody is a member of a group that is not there, and that would look like an answer.
    const { id: groupId } = await requireGroup(rest, group);
    const userId = await resolveUserId(rest, user);
    return { isMember: await isMember(rest, { groupId, userId, user }) };
  },
});
