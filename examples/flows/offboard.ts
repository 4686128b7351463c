import { closed, flow } from "@longarm/spoke";
import Type from "typebox";

/** The connection of the other org. Named here and not in the input: whoever may run the flow acts on it. */
const partner = "partner";

/** Shuts a user out of two orgs, or, where that is impossible, of neither. */
export const offboard = flow({
  name: "acme.user.offboard",
  title: "Offboard User",
  summary: "Suspends a user in our org and in the partner's and ends its sessions; if one of them refuses, the user goes on in both.",
  version: 1,
  input: closed({ login: Type.String({ minLength: 5, maxLength: 100 }) }),
  output: closed({ suspended: Type.Array(Type.String()) }),
  async run(ctx, { login }) {
    const connections = [ctx.connection, partner];
    for (const connection of connections) {
      const { changed } = await ctx.run("okta.user.suspend", { user: login }, { connection });
      // Who was suspended before stays so.
      if (changed) ctx.onFailure(() => ctx.run("okta.user.unsuspend", { user: login }, { connection }));
    }
    for (const connection of connections) await ctx.run("okta.user.clearSessions", { user: login }, { connection });
    return { suspended: connections };
  },
});
