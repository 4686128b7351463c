import {
  closed,
  type ErrorCode,
  flow,
  type FlowContext,
  LongarmError,
  type RecordKindName,
  recordSources,
  type RecordSource,
} from "@longarm/spoke";
import Type from "typebox";

const source = Type.Enum([...recordSources], { default: "flow", description: "What is written down as the record's source." });
const output = closed({
  id: Type.String(),
  found: Type.Boolean({ description: "Is it there? Else its record, where there is one, is marked as deleted." }),
  changed: Type.Boolean({ description: "Did the record change?" }),
});

interface Wanted {
  readonly kind: RecordKindName;
  /** The target's id, where it is known. */
  readonly id: string | undefined;
  readonly absent: ErrorCode;
  readonly source: RecordSource;
  read(): Promise<Readonly<Record<string, unknown>>>;
}

/** Reads one object and keeps it. One that is not there is marked where its id is known; else what it failed with is thrown. */
async function refresh(ctx: FlowContext, { kind, id, absent, source: from, read }: Wanted) {
  // It may be gone by the time at which the answer is written down, but not before it was asked for.
  const seenAt = ctx.now();
  try {
    const object = await read();
    const { written } = await ctx.records.upsert(kind, object, { seenAt, source: from });
    return { id: object["id"] as string, found: true, changed: written > 0 };
  } catch (reason) {
    if (id === undefined || LongarmError.from(reason).code !== absent) throw reason;
    return { id, found: false, changed: await ctx.records.markDeleted(kind, id, { goneAt: seenAt }) };
  }
}

/** Subflow "Create or Update Okta Applications Record". */
export const upsertApplicationRecord = flow({
  name: "okta.flow.upsertApplicationRecord",
  title: "Create or Update Okta Applications Record",
  summary: "Reads an application and keeps its record; one that is gone is marked as deleted.",
  version: 1,
  input: closed({ app: Type.String({ pattern: "^0oa[A-Za-z0-9]{17}$", description: "An application's id (0oa…)." }), source }),
  output,
  run: (ctx, { app, source: from }) =>
    refresh(ctx, {
      ...{ kind: "applications", id: app, absent: "app_not_found", source: from },
      read: async () => ((await ctx.run("okta.app.get", { app })) as { readonly app: Record<string, unknown> }).app,
    }),
});

/** The same for a group. */
export const upsertGroupRecord = flow({
  name: "okta.flow.upsertGroupRecord",
  title: "Create or Update Okta Groups Record",
  summary: "Reads a group and keeps its record; one that is gone is marked as deleted.",
  version: 1,
  input: closed({
    group: Type.String({
      pattern: "^(00g[A-Za-z0-9]{17}|name:.{1,255})$",
      description: "A group's id (00g…), or name: and its exact name.",
    }),
    source,
  }),
  output,
  run: (ctx, { group, source: from }) =>
    refresh(ctx, {
      ...{ kind: "groups", id: group.startsWith("name:") ? undefined : group, absent: "group_not_found", source: from },
      read: async () => ((await ctx.run("okta.group.get", { group })) as { readonly group: Record<string, unknown> }).group,
    }),
});

/** The same for a user, by whatever finds it. */
export const upsertUserRecord = flow({
  name: "okta.flow.upsertUserRecord",
  title: "Create or Update Okta Users Record",
  summary: "Looks a user up and keeps its record; one that is gone is marked as deleted.",
  version: 1,
  input: closed({ user: Type.String({ minLength: 1, maxLength: 256, description: "A user's id, login or short name." }), source }),
  output,
  run: (ctx, { user, source: from }) =>
    refresh(ctx, {
      ...{ kind: "users", id: /^00u[A-Za-z0-9]{17}$/.test(user) ? user : undefined, absent: "user_not_found", source: from },
      read: () => readUser(ctx, user),
    }),
});

/** The account, and the profile of the same user. */
async function readUser(ctx: FlowContext, user: string): Promise<Readonly<Record<string, unknown>>> {
  const { etag: _etag, login: _login, ...account } = (await ctx.run("okta.user.get", { user })) as Record<string, unknown>;
  const { profile } = (await ctx.run("okta.user.getProfile", { user: account["id"] })) as Record<string, unknown>;
  return { ...account, profile };
}
