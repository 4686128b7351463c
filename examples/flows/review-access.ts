import { closed, flow, nullable } from "@longarm/spoke";
import Type from "typebox";

const dayMs = 86_400_000;

interface Member {
  readonly id: string;
  readonly created: string | null;
  readonly lastLogin: string | null;
  readonly profile: Readonly<Record<string, unknown>>;
}

/** A review of who is still in need of a group; to be scheduled once a quarter. */
export const reviewAccess = flow({
  name: "acme.group.reviewAccess",
  title: "Review Access",
  summary: "Removes from a group whoever has not logged in for a quarter, and tells who that was.",
  version: 1,
  input: closed({
    group: Type.String({ description: "A group's id, or name: and its exact name." }),
    inactiveDays: Type.Integer({ default: 90, minimum: 0 }),
    dryRun: Type.Boolean({ default: false, description: "Only tell." }),
  }),
  output: closed({
    reviewed: Type.Integer(),
    removed: Type.Array(closed({ id: Type.String(), login: nullable(Type.String()), lastLogin: nullable(Type.String()) })),
  }),
  async run(ctx, { group, inactiveDays, dryRun }) {
    const before = ctx.now() - inactiveDays * dayMs;
    const inactive: Member[] = [];
    let reviewed = 0;
    for await (const member of ctx.stream("okta.group.streamMembers", { group }) as AsyncIterable<Member>) {
      reviewed += 1;
      // Who has never come had a quarter for it since the account was made.
      const since = Date.parse(member.lastLogin ?? member.created ?? "");
      if (since < before) inactive.push(member);
    }
    if (!dryRun)
      await ctx.all(inactive, ({ id }) => ctx.run("okta.group.removeUser", { group, user: id, ruleManaged: "skip" }), { atOnce: 5 });
    return { reviewed, removed: inactive.map(({ id, lastLogin, profile }) => ({ id, lastLogin, login: loginOf(profile) })) };
  },
});

function loginOf({ login }: Member["profile"]): string | null {
  return typeof login === "string" ? login : null;
}
