import { closed, flow, LongarmError } from "@longarm/spoke";
import Type from "typebox";

/** Sample flow "Add User to Okta Group". */
export const addUserToGroup = flow({
  name: "okta.flow.addUserToGroup",
  title: "Add User to Okta Group",
  summary: "Finds a user and a group by their names, and adds the user to the group.",
  version: 1,
  input: closed({
    user: Type.String({ minLength: 1, maxLength: 256, description: "A user's id, login or short name." }),
    groupName: Type.String({ minLength: 1, maxLength: 255, description: "The group's exact name." }),
  }),
  output: closed({ userId: Type.String(), groupId: Type.String(), changed: Type.Boolean() }),
  async run(ctx, { user, groupName }) {
    const { id: userId } = (await ctx.run("okta.user.get", { user })) as { readonly id: string };
    const found = (await ctx.run("okta.group.findIdByName", { name: groupName, type: "OKTA_GROUP" })) as { readonly id: string | null };
    if (found.id === null)
      throw new LongarmError("group_not_found", `No group of this org that users can be added to is named "${groupName}".`);
    const { changed } = (await ctx.run("okta.group.addUser", { group: found.id, user: userId })) as { readonly changed: boolean };
    return { userId, groupId: found.id, changed };
  },
});
