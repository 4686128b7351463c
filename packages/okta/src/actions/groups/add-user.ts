import { action, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { docsOf } from "../../docs-link.ts";
import { explain } from "../../errors.ts";
import { groupNotFound, requireUser, resolveGroupId, resolveUserId, userNotFound } from "../../identity.ts";
import { listItems } from "../../paging.ts";
import { closed, groupInput, readGroupName, userInput } from "../../schemas.ts";

/** Row "Add User To Group". Membership is read from the user's side: a user has fewer groups than a group has users. */
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
  examples: [{ title: "By names", input: { group: "name:Engineering", user: "ada@example.com" } }],
  async run({ rest }, { group, user }) {
    const groupId = await resolveGroupId(rest, group);
    const userId = await resolveUserId(rest, user);
    if (await isMember(rest, { groupId, userId, user })) return { changed: false };
    const response = await rest.put({ path: ["api", "v1", "groups", groupId, "users", userId] });
    if (response.status >= 200 && response.status < 300) return { changed: true };
    // The user was there when its groups were read; one that has gone since is still told apart from a group that never was.
    if (response.status === 404) throw await whichIsAbsent(rest, { group, user });
    throw explain(response);
  },
});

async function isMember(
  rest: ActionRest,
  of: { readonly groupId: string; readonly userId: string; readonly user: string },
): Promise<boolean> {
  try {
    for await (const item of listItems(rest, { path: ["api", "v1", "users", of.userId, "groups"], query: { limit: 200 } })) {
      if (readGroupName(item).id === of.groupId) return true;
    }
    return false;
  } catch (reason) {
    throw isNotFound(reason) ? userNotFound(of.user) : reason;
  }
}

function isNotFound(reason: unknown): boolean {
  return (reason as { details?: { status?: unknown } } | null)?.details?.status === 404;
}

async function whichIsAbsent(rest: ActionRest, of: { readonly group: string; readonly user: string }) {
  await requireUser(rest, of.user);
  return groupNotFound(of.group);
}
