import type { TableName } from "./table.ts";

/** An object that is gone for good, by the log's word. */
export interface Deletion {
  readonly table: TableName;
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
}

/** What events of the log say of what was copied. */
export interface LogSignals {
  readonly deletions: readonly Deletion[];
  /** Ids of applications whose users or groups changed; null: those of any may have, since a group is gone, and nothing tells whom it gave what. */
  readonly changedApps: readonly string[] | null;
}

type Members = Readonly<Record<string, unknown>>;

/** Ids of these kinds are never given out again, so that an event which comes late does no harm. Memberships come back: they are listed anew. */
const deletions: Readonly<Record<string, { readonly table: TableName; readonly target: string }>> = {
  "user.lifecycle.delete.initiated": { table: "users", target: "User" },
  "user.lifecycle.delete.completed": { table: "users", target: "User" },
  "group.lifecycle.delete": { table: "groups", target: "UserGroup" },
  "application.lifecycle.delete": { table: "apps", target: "AppInstance" },
};
const accessChange = /^(?:application\.user_membership|group\.application_assignment)\./;

/** Columns of other tables that name what a deletion takes along. */
export const dependents: Readonly<Partial<Record<TableName, readonly { readonly table: TableName; readonly column: string }[]>>> = {
  users: [
    { table: "group_members", column: "user_id" },
    { table: "app_users", column: "user_id" },
  ],
  groups: [
    { table: "group_members", column: "group_id" },
    { table: "app_groups", column: "group_id" },
  ],
  apps: [
    { table: "app_users", column: "app_id" },
    { table: "app_groups", column: "app_id" },
  ],
};

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function targetsOf(event: Members, type: string): readonly string[] {
  const targets: readonly unknown[] = Array.isArray(event["target"]) ? event["target"] : [];
  return targets.flatMap((target) => {
    const { type: own, id } = membersOf(target);
    return own === type && typeof id === "string" ? [id] : [];
  });
}

/** What these events, as Okta sends them, say. Those that did not succeed, or tell no time, say nothing of deletions. */
export function signalsOf(events: readonly unknown[]): LogSignals {
  const found: Deletion[] = [];
  const changedApps = new Set<string>();
  for (const event of events.map(membersOf)) {
    const { eventType: type, published: at } = event;
    if (typeof type !== "string") continue;
    if (accessChange.test(type)) for (const app of targetsOf(event, "AppInstance")) changedApps.add(app);
    const meant = Object.hasOwn(deletions, type) ? deletions[type] : undefined;
    if (!meant || typeof at !== "string" || membersOf(event["outcome"])["result"] !== "SUCCESS") continue;
    found.push(...targetsOf(event, meant.target).map((id) => ({ table: meant.table, id, at })));
  }
  return { deletions: found, changedApps: found.some(({ table }) => table === "groups") ? null : [...changedApps] };
}
