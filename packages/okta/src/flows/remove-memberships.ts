import { closed, flow, type FlowContext, nullable } from "@longarm/spoke";
import Type from "typebox";

interface Group {
  readonly id: string;
  readonly name: string | null;
  readonly type: string | null;
}
type Why = "built_in" | "application" | "rule";

/** Sample flow "Remove Okta Group Membership on Deactivation". Okta itself decides who is in its built-in groups and in those of applications. */
export const removeMembershipsOnDeactivation = flow({
  name: "okta.flow.removeMembershipsOnDeactivation",
  title: "Remove Okta Group Membership on Deactivation",
  summary: "Removes a user from every group of the org's own, and tells in which others the user stays and why.",
  version: 1,
  input: closed({
    user: Type.String({ minLength: 1, maxLength: 256, description: "A user's id, login or short name." }),
    ruleManaged: Type.Enum(["skip", "remove"], {
      default: "skip",
      description: "Of groups that an active rule fills: `remove` puts the user on that rule's exception list for good.",
    }),
  }),
  output: closed({
    removed: Type.Array(closed({ id: Type.String(), name: nullable(Type.String()) })),
    skipped: Type.Array(closed({ id: Type.String(), name: nullable(Type.String()), why: Type.Enum(["built_in", "application", "rule"]) })),
  }),
  async run(ctx, wish) {
    const groups: Group[] = [];
    for await (const { id, name, type } of ctx.stream("okta.user.streamGroups", { user: wish.user }) as AsyncIterable<Group>)
      groups.push({ id, name, type });
    const ends = await ctx.all(groups, async ({ id, name, type }) => ({ id, name, why: await remove(ctx, { id, type, ...wish }) }), {
      atOnce: 5,
    });
    return {
      removed: ends.flatMap(({ id, name, why }) => (why === null ? [{ id, name }] : [])),
      skipped: ends.flatMap(({ id, name, why }) => (why === null ? [] : [{ id, name, why }])),
    };
  },
});

/** Why the user stays in the group; null: the user is in it no more. */
async function remove(
  ctx: FlowContext,
  of: Omit<Group, "name"> & { readonly user: string; readonly ruleManaged: string },
): Promise<Why | null> {
  if (of.type === "BUILT_IN") return "built_in";
  if (of.type !== "OKTA_GROUP") return "application";
  const input = { group: of.id, user: of.user, ruleManaged: of.ruleManaged };
  const { skipped = null } = (await ctx.run("okta.group.removeUser", input)) as { readonly skipped?: "rule" };
  return skipped;
}
