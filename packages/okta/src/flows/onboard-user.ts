import { closed, flow, type FlowContext, LongarmError, nullable, secretKeyword } from "@longarm/spoke";
import Type, { type Static } from "typebox";

const output = closed({
  skipped: nullable(
    Type.Enum(["echo", "exists"], { description: "Nothing was done: Okta itself made the user in the source, or has the login already." }),
  ),
  id: nullable(Type.String()),
  status: nullable(Type.String()),
  activationUrl: Type.Optional(Type.String({ [secretKeyword]: true })),
  activationToken: Type.Optional(Type.String({ [secretKeyword]: true })),
});
type Output = Static<typeof output>;

/** Sample flow "Onboard User in Okta". What Okta has put into the source itself is not answered: the two would go on telling each other. */
export const onboardUser = flow({
  name: "okta.flow.onboardUser",
  title: "Onboard User in Okta",
  summary: "Creates a user and then activates it, unless the user came from Okta or is there already.",
  version: 1,
  input: closed({
    profile: Type.Object({ login: Type.String({ minLength: 5, maxLength: 100 }) }, { additionalProperties: Type.Unknown() }),
    groups: Type.Optional(Type.Array(Type.String({ pattern: "^00g[A-Za-z0-9]{17}$" }), { maxItems: 20, description: "Ids of groups." })),
    sendEmail: Type.Boolean({ default: true, description: "Let Okta mail the user; false: the token is the output." }),
    origin: Type.Optional(Type.String({ maxLength: 64, description: "Where the user was made first; `okta` is an echo." })),
  }),
  output,
  async run(ctx, { profile, groups, sendEmail, origin }): Promise<Output> {
    if (origin?.toLowerCase() === "okta") return skipped("echo", null);
    const before = (await ctx.run("okta.user.findId", { login: profile.login })) as { readonly id: string | null };
    if (before.id !== null) return skipped("exists", before.id);
    const made = await create(ctx, { profile, activate: false, ...(groups && { groups }) });
    if (made === undefined) return skipped("exists", null);
    const activated = (await ctx.run("okta.user.activate", { user: made.id, sendEmail })) as Omit<Output, "skipped" | "id">;
    return { skipped: null, id: made.id, ...activated };
  },
});

function skipped(why: "echo" | "exists", id: string | null): Output {
  return { skipped: why, id, status: null };
}

/** Undefined: somebody else has made the user since it was looked for. */
async function create(ctx: FlowContext, input: Readonly<Record<string, unknown>>): Promise<{ readonly id: string } | undefined> {
  try {
    return (await ctx.run("okta.user.create", input)) as { readonly id: string };
  } catch (reason) {
    if (LongarmError.from(reason).code === "already_exists") return undefined;
    throw reason;
  }
}
