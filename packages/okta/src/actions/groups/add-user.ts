import { action } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { resolveGroupId, resolveUserId } from "../../identity.ts";
import { closed, groupInput, userInput } from "../../schemas.ts";
import { changeMembership, isMember, membershipPath, readingMembership, whichIsAbsent } from "./membership.ts";

/** Row "Add User To Group". */
export const addUserToGroup = action({
  name: "okta.group.addUser",
  title: "Add User To Group",
  summary: "Makes a user a member of a group; a member stays one.",
  category: "Group management",
  docs: docsOf("Group", "assignUserToGroup"),
  version: 1,
  effect: "converge",
  destructive: false,
  scopes: ["okta.groups.manage", "okta.users.read"],
  input: closed({ group: groupInput, user: userInput }),
  output: closed({ changed: Type.Boolean() }),
  examples: [{ title: "By names", input: { group: "name:Engineering", user: "user000042@example.com" } }],
  async run({ rest }, { group, user }) {
    const groupId = await resolveGroupId(rest, group);
    const userId = await resolveUserId(rest, user);
    if (await isMember(rest, { groupId, userId, user })) return { changed: false };
    const response = await rest.put({
      path: membershipPath(groupId, userId),
      plan: changeMembership({ groupId, userId }, true),
      ifUnknown: readingMembership({ groupId, userId }, true),
    });
    if (response.status >= 200 && response.status < 300) return { changed: true };
    // The user was there when its groups were read; one that has gone since is still told apart from a group that never was.
    if (response.status === 404) throw await whichIsAbsent(rest, { group, user });
    throw explain(response);
  },
});
