import type { CompiledMap } from "./compile.ts";
import { classOf, differingFields } from "./compare.ts";
import { type CurrentUser, type DesiredUser, loginOf, type RowFault } from "./people.ts";
import type { Draft } from "./steps.ts";

/** What is to be done with one user, in order, or why it is left alone. */
export type UserPlan = { readonly steps: readonly Draft[] } | { readonly fault: Pick<RowFault, "code" | "message"> };

const nothing: UserPlan = { steps: [] };

/** The groups' ids by their names. */
export type GroupIds = ReadonlyMap<string, string>;

/** Plans for a user that a row stands for. */
export function planUser(of: {
  readonly map: CompiledMap;
  readonly groupIds: GroupIds;
  readonly desired: DesiredUser;
  readonly current: CurrentUser;
}): UserPlan {
  const { map, desired, current } = of;
  const way = wayTo(map, desired, current);
  if ("fault" in way) return way;
  const isLeaving = way.last?.action === "okta.user.deactivate";
  const steps = isLeaving
    ? [way.last]
    : [
        ...(way.first ? [way.first] : []),
        ...update(desired, current),
        ...memberships(of, { user: current.id, has: current.groups }),
        ...(way.last ? [way.last] : []),
      ];
  if (steps.length === 0) return nothing;
  if (!map.isInScope(current)) return outside("is outside of the map's scope, and is not touched");
  const after = { ...current, profile: { ...current.profile, ...desired.profile }, groups: groupsAfter(map, desired, current.groups) };
  return isLeaving || map.isInScope(after) ? { steps } : outside("would leave the map's scope by this row, and is not touched");
}

/** Plans for a row that no user of the org stands for. */
export function planNewcomer(of: { readonly map: CompiledMap; readonly groupIds: GroupIds; readonly desired: DesiredUser }): UserPlan {
  const { map, desired } = of;
  if (desired.status === "deactivated" || map.create === "none") return nothing;
  if (desired.status === "suspended")
    return { fault: { code: "invalid_state", message: "is to be suspended, but there is no such user; one that was just made cannot be" } };
  const login = String(desired.profile["login"]);
  const activate = map.create === "active";
  const profile = Object.fromEntries(Object.entries(desired.profile).filter(([, value]) => value !== null));
  const status = activate ? "PROVISIONED" : "STAGED";
  const user = { id: "", status, profile, groups: groupsAfter(map, desired, []) };
  if (!map.isInScope(user)) return outside("would be made outside of the map's scope; let the map give it what the scope asks for");
  const create: Draft = { action: "okta.user.create", input: { profile, activate }, isGround: true };
  return { steps: [create, ...memberships(of, { user: login, has: [] })] };
}

/** Plans for a user of the scope that stands in no row. */
export function planAbsent({ absent }: CompiledMap, { id, status }: CurrentUser): UserPlan {
  const kind = classOf(status);
  if (absent === "ignore" || kind === "deactivated") return nothing;
  if (absent === "deactivate") return { steps: [deactivate(id)] };
  if (kind === "suspended") return nothing;
  return status === "ACTIVE" ? { steps: [suspend(id)] } : cannotSuspend(status);
}

function wayTo(
  map: CompiledMap,
  { status: wanted }: DesiredUser,
  { id, status }: CurrentUser,
): { readonly first?: Draft; readonly last?: Draft } | { readonly fault: Pick<RowFault, "code" | "message"> } {
  const kind = classOf(status);
  if (wanted === "deactivated") return kind === "deactivated" ? {} : { last: deactivate(id) };
  if (wanted === "active") {
    if (kind === "suspended") return { first: { action: "okta.user.unsuspend", input: { user: id } } };
    const isDormant = kind === "deactivated" || (kind === "staged" && map.create !== "staged");
    return isDormant ? { first: { action: "okta.user.activate", input: { user: id }, isGround: true } } : {};
  }
  if (kind === "deactivated")
    return { fault: { code: "invalid_state", message: "is deactivated in the org; a row with the status active would bring it back" } };
  if (wanted === undefined || kind === "suspended") return {};
  return status === "ACTIVE" ? { last: suspend(id) } : cannotSuspend(status);
}

function suspend(user: string): Draft {
  return { action: "okta.user.suspend", input: { user } };
}

function deactivate(user: string): Draft {
  return { action: "okta.user.deactivate", input: { user } };
}

function cannotSuspend(status: string): { readonly fault: Pick<RowFault, "code" | "message"> } {
  return { fault: { code: "invalid_state", message: `is ${status}; Okta suspends users that are ACTIVE alone` } };
}

function outside(message: string): UserPlan {
  return { fault: { code: "not_allowed", message } };
}

function update(desired: DesiredUser, current: CurrentUser): readonly Draft[] {
  const fields = differingFields(desired, current);
  if (fields.length === 0) return [];
  const set = Object.fromEntries(fields.filter(([, value]) => value !== null));
  const clear = fields.filter(([, value]) => value === null).map(([field]) => field);
  const before = Object.fromEntries(fields.map(([field]) => [field, current.profile[field] ?? null]));
  const wish = { ...(Object.keys(set).length > 0 && { set }), ...(clear.length > 0 && { clear }) };
  return [{ action: "okta.user.updateProfile", input: { user: current.id, ...wish }, before }];
}

function memberships(
  { map, groupIds, desired }: { readonly map: CompiledMap; readonly groupIds: GroupIds; readonly desired: DesiredUser },
  { user, has }: { readonly user: string; readonly has: readonly string[] },
): readonly Draft[] {
  const wanted = desired.groups;
  if (wanted === undefined || map.memberships === undefined) return [];
  const own = has.filter((name) => map.memberships?.owned.has(name)).toSorted();
  const step = (action: "okta.group.addUser" | "okta.group.removeUser") => (group: string) => ({
    ...{ action, group },
    input: { group: groupIds.get(group) ?? `name:${group}`, user },
  });
  return [
    ...wanted.filter((name) => !own.includes(name)).map(step("okta.group.addUser")),
    ...own.filter((name) => !wanted.includes(name)).map(step("okta.group.removeUser")),
  ];
}

function groupsAfter({ memberships: map }: CompiledMap, { groups }: DesiredUser, has: readonly string[]): readonly string[] {
  return groups === undefined ? has : [...has.filter((name) => !map?.owned.has(name)), ...groups];
}

/** The fault of a row or of a user without one. */
export function userFault(
  row: number | null,
  user: CurrentUser | string | null,
  { code, message }: Pick<RowFault, "code" | "message">,
): RowFault {
  const name = typeof user === "object" && user !== null ? loginOf(user) : user;
  return { row, user: name, code, message: `${name ?? "The row"} ${message}.` };
}
