import { closed, flow, LongarmError } from "@longarm/spoke";
import Type from "typebox";

/** Onboards a user, and reminds it where it does not come. */
export const welcome = flow({
  name: "acme.user.welcome",
  title: "Welcome User",
  summary: "Creates and activates a user, puts it into groups, and mails once more after a week if it has not logged in.",
  version: 1,
  input: closed({
    profile: Type.Object({ login: Type.String({ minLength: 5, maxLength: 100 }) }, { additionalProperties: Type.Unknown() }),
    groups: Type.Array(Type.String({ description: "The exact name of a group." }), { default: [], maxItems: 20 }),
    remindAfter: Type.String({ default: "7d", description: "How long the user has until the reminder." }),
  }),
  output: closed({ id: Type.String(), groups: Type.Array(Type.String()), reminded: Type.Boolean() }),
  async run(ctx, { profile, groups, remindAfter }) {
    const { id, skipped } = await ctx.call("okta.flow.onboardUser", { profile });
    if (id === null || skipped !== null) throw new LongarmError("already_exists", `${profile.login} is there already.`);
    for (const groupName of groups) await ctx.call("okta.flow.addUserToGroup", { user: id, groupName });

    await ctx.sleep(remindAfter);
    const { status } = await ctx.run("okta.user.get", { user: id });
    // Activated, and nobody has come yet.
    if (status !== "PROVISIONED") return { id, groups, reminded: false };
    await ctx.run("okta.user.reactivate", { user: id, sendEmail: true });
    await ctx.log(`${profile.login} was reminded.`);
    return { id, groups, reminded: true };
  },
});
