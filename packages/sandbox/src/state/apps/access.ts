import { changed, type Effect } from "../effect.ts";
import type { GroupRecord } from "../groups/group.ts";
import type { Org } from "../org.ts";
import { type Refusal, refuse } from "../refusal.ts";
import type { UserRecord } from "../users/user.ts";
import type { AppRecord } from "./app.ts";

/** How a user has access: assigned by itself, or through a group; undefined: not at all. */
export type Scope = "USER" | "GROUP";

function grantingGroups(org: Org, app: AppRecord): readonly GroupRecord[] {
  return [...org.apps.groupsOf(app).keys()].flatMap((id) => org.groups.byId(id) ?? []);
}

function isGranted(org: Org, app: AppRecord, userIndex: number): boolean {
  return grantingGroups(org, app).some((group) => org.groups.membersOf(group).has(userIndex));
}

/** The user's scope for the application. A DEPROVISIONED user has none. */
export function scopeOf(org: Org, app: AppRecord, userIndex: number): Scope | undefined {
  if (org.users.statusAt(userIndex) === "DEPROVISIONED") return undefined;
  if (org.apps.usersOf(app).has(userIndex)) return "USER";
  return isGranted(org, app, userIndex) ? "GROUP" : undefined;
}

/** The users with access from this index on, in order. A DEPROVISIONED user has none. */
export function* usersWithAccess(org: Org, app: AppRecord, start: number): Generator<{ user: UserRecord; scope: Scope }> {
  const groups = grantingGroups(org, app).map((group) => org.groups.membersOf(group));
  const direct = org.apps.usersOf(app);
  for (let index = start; index < org.users.end; index += 1) {
    const scope = direct.has(index) ? "USER" : groups.some((members) => members.has(index)) ? "GROUP" : undefined;
    const user = scope && org.users.statusAt(index) !== "DEPROVISIONED" ? org.users.at(index) : undefined;
    if (user && scope) yield { user, scope };
  }
}

/** Ends all assignments that the user has by itself. Returns those that this ended; what groups grant is not told of. */
export function loseApps(org: Org, user: UserRecord): readonly Effect[] {
  const lost = org.apps.all().filter((app) => org.apps.usersOf(app).remove(user.index));
  return lost.map((app) => changed("app.userUnassigned", `${app.id}/${user.id}`));
}

/** Ends a user's own assignment. Access that a group gives as well is not ended so, and Okta says that by a refusal. */
export function endAccess(org: Org, app: AppRecord, user: UserRecord): { readonly kind: "done" } | Refusal {
  if (isGranted(org, app, user.index)) {
    return refuse("E0000046", undefined, [
      "The application cannot be unassigned from the user while their group memberships grant them access.",
    ]);
  }
  org.apps.usersOf(app).remove(user.index);
  return { kind: "done" };
}
