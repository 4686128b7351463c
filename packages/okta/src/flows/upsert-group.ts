import { closed, flow, type FlowContext } from "@longarm/spoke";
import Type from "typebox";

const input = closed({
  name: Type.String({ minLength: 1, maxLength: 255 }),
  description: Type.Optional(Type.String({ maxLength: 1024 })),
  set: Type.Optional(Type.Record(Type.String({ minLength: 1 }), Type.Unknown(), { description: "Further fields of the profile." })),
});

/** Subflow "Get Groups", as its text says: updates an existing group or creates it. */
export const upsertGroup = flow({
  name: "okta.flow.upsertGroup",
  title: "Create or Update Group",
  summary: "Updates the group that has exactly this name, or creates it.",
  version: 1,
  input,
  output: closed({ id: Type.String(), created: Type.Boolean(), changed: Type.Boolean() }),
  async run(ctx, { name, description, set }) {
    const fields = { ...(description !== undefined && { description }), ...(set && { set }) };
    const found = (await ctx.run("okta.group.findIdByName", { name, type: "OKTA_GROUP" })) as { readonly id: string | null };
    // A search lags behind what was made: only the creation itself can tell that there is no such group.
    const made = found.id === null ? await create(ctx, { name, ...fields }) : { id: found.id, created: false };
    if (made.created) return { id: made.id, created: true, changed: true };
    if (Object.keys(fields).length === 0) return { id: made.id, created: false, changed: false };
    const { changed } = (await ctx.run("okta.group.update", { group: made.id, ...fields })) as { readonly changed: boolean };
    return { id: made.id, created: false, changed };
  },
});

async function create(ctx: FlowContext, wish: object): Promise<{ readonly id: string; readonly created: boolean }> {
  return (await ctx.run("okta.group.create", { ...wish, ifExists: "return" })) as { readonly id: string; readonly created: boolean };
}
