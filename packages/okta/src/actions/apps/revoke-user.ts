import { LongarmError } from "@longarm/shared";
import { action, type ActionRest } from "@longarm/spoke";
import Type from "typebox";
import { appInput, readAppUser, requireApp } from "../../apps.ts";
import { readingAbsence } from "../../read-back.ts";
import { docsOf } from "../../docs-link.ts";
import { explain, oktaCodeOf } from "../../errors.ts";
import { acceptOrAbsent, requireUser } from "../../identity.ts";
import { listItems } from "../../paging.ts";
import { closed, type GroupName, membersOf, readGroupName, userInput } from "../../schemas.ts";
import { change } from "../../plan.ts";

/**
 * Row "Revoke User Application Access". Access through a group can only be ended by leaving the group, which may take other access
 * away with it: that is for a person to decide, so the granting groups are named and nothing is changed.
 */
export const revokeUser = action({
  name: "okta.app.revokeUser",
  title: "Revoke User Application Access",
  summary: "Ends a user's own assignment to an application; one without access stays so.",
  category: "Application access",
  docs: docsOf("ApplicationUsers", "unassignUserFromApplication"),
  version: 1,
  effect: "converge",
  destructive: true,
  scopes: ["okta.apps.manage", "okta.users.read", "okta.groups.read"],
  input: closed({
    app: appInput,
    user: userInput,
    sendEmail: Type.Boolean({ default: false, description: "Tells the org's administrators by mail." }),
  }),
  output: closed({ changed: Type.Boolean() }),
  examples: [{ title: "By login", input: { app: "0oaaYWfD3LIICR1yCDTB", user: "user000042@example.com", sendEmail: false } }],
  async run({ rest }, { app, user, sendEmail }) {
    const { id: userId } = (await requireUser(rest, user)).user;
    const path = ["api", "v1", "apps", app, "users", userId];
    const response = acceptOrAbsent(await rest.get({ path }));
    if (!response) {
      await requireApp(rest, app);
      return { changed: false };
    }
    if (readAppUser(response.body).scope === "GROUP") throw await grantedByGroups(rest, { app, userId });
    const ended = await rest.delete({
      path,
      query: { sendEmail },
      plan: change(`assignment of user ${userId} to application ${app}`, "", { from: readAppUser(response.body), to: null }),
      ifUnknown: readingAbsence(path),
    });
    if (ended.status >= 200 && ended.status < 300) return { changed: true };
    if (ended.status === 404) return { changed: false };
    throw oktaCodeOf(ended) === "E0000046" ? await grantedByGroups(rest, { app, userId }) : explain(ended);
  },
});

/** The error that names the user's groups which give access to the application. */
async function grantedByGroups(rest: ActionRest, of: { readonly app: string; readonly userId: string }): Promise<LongarmError> {
  const assigned = new Set<unknown>();
  for await (const item of listItems(rest, { path: ["api", "v1", "apps", of.app, "groups"], query: { limit: 200 } }))
    assigned.add(membersOf(item)["id"]);
  const granting: GroupName[] = [];
  for await (const item of listItems(rest, { path: ["api", "v1", "users", of.userId, "groups"], query: { limit: 200 } })) {
    const group = readGroupName(item);
    if (assigned.has(group.id)) granting.push({ id: group.id, name: group.name, type: group.type });
  }
  const names = granting.map(({ id, name }) => `"${name ?? id}" (${id})`).join(", ");
  return new LongarmError(
    "invalid_state",
    `The user ${of.userId} has access to ${of.app} through ${names || "a group"}. Only leaving the group ends it, and may end other access too.`,
    { details: { app: of.app, user: of.userId, groups: granting } },
  );
}
