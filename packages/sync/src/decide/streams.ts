import type { TableName } from "./table.ts";

/** What a sync may copy, as its definition names it. */
export const streamNames = ["users", "groups", "groupMembers", "apps", "appUsers", "appGroups", "logs", "userTypes", "eventHooks"] as const;

/** One of the streams that a sync may copy. */
export type StreamName = (typeof streamNames)[number];

/** One listing of a sync's run, and what is listed under each of its items. */
export type StepName = "logs" | "userTypes" | "users" | "groups" | "apps" | "eventHooks";

/** Where a stream's items come from and go to. */
export interface StreamSource {
  readonly table: TableName;
  /** The spoke's stream that yields them. */
  readonly action: string;
}

/** The source of every stream. */
export const sources: Readonly<Record<StreamName, StreamSource>> = {
  users: { table: "users", action: "okta.user.stream" },
  groups: { table: "groups", action: "okta.group.stream" },
  groupMembers: { table: "group_members", action: "okta.group.streamMembers" },
  apps: { table: "apps", action: "okta.app.stream" },
  appUsers: { table: "app_users", action: "okta.app.streamUsers" },
  appGroups: { table: "app_groups", action: "okta.app.streamGroups" },
  logs: { table: "logs", action: "okta.log.stream" },
  userTypes: { table: "user_types", action: "okta.userType.stream" },
  eventHooks: { table: "event_hooks", action: "okta.eventHook.stream" },
};

/** A stream that is listed under an object. */
export interface ChildSource {
  readonly stream: StreamName;
  readonly action: string;
  /** The member of the action's input that takes the object's id. */
  readonly input: "group" | "app" | "user";
  /** The key column of the stream's table that holds the object's id. */
  readonly column: string;
  /**
   * How what is listed is turned into the stream's items: it is one of them; it is what the object is in, so that the two change places; or it
   * embeds one (`_embedded.user`), and is itself what the object is in.
   */
  readonly form: "plain" | "turned" | "embedding";
}

const plain = { form: "plain" } as const;

/** Streams that are listed under each item of a step. Groups of an application come before its users: they tell whether those may have changed. */
export const childrenOf: Readonly<Partial<Record<StepName, readonly ChildSource[]>>> = {
  groups: [{ ...plain, stream: "groupMembers", action: sources.groupMembers.action, input: "group", column: "group_id" }],
  apps: [
    { ...plain, stream: "appGroups", action: sources.appGroups.action, input: "app", column: "app_id" },
    { ...plain, stream: "appUsers", action: sources.appUsers.action, input: "app", column: "app_id" },
  ],
};

/** What is listed of a user who is new or changed status: that moves no date of a group or an application. */
export const aroundUsers: readonly ChildSource[] = [
  { stream: "groupMembers", action: "okta.user.streamGroups", input: "user", column: "user_id", form: "turned" },
  { stream: "appUsers", action: "okta.app.stream", input: "user", column: "user_id", form: "embedding" },
];

/** What is listed under an object as items of the stream, each with what it belongs to. */
export function turned({ form }: ChildSource, listed: unknown, object: string): { readonly item: unknown; readonly parent: string | null } {
  if (form === "plain") return { item: listed, parent: object };
  const { id, _embedded: embedded } = (listed ?? {}) as { id?: unknown; _embedded?: unknown };
  const parent = typeof id === "string" ? id : null;
  return { parent, item: form === "turned" ? { id: object } : (embedded as { user?: unknown } | null | undefined)?.user };
}

/** A fan-out that is named by its stream and the id it is listed under, such as `appUsers 0oa…`. */
export function childKey(stream: StreamName, parent: string): string {
  return `${stream} ${parent}`;
}
