import type { Org } from "../org.ts";
import { type OktaErrorCode, type Refusal, refuse, refuseInvalid, refuseUnknown } from "../refusal.ts";
import { cellOf, isAllowed, type LifecycleOperation } from "./transitions.ts";
import type { UserRecord, UserStatus } from "./user.ts";

/** What an operation did: the user as it is now (undefined when it is gone), or why nothing was done. */
export type LifecycleOutcome = { readonly kind: "done"; readonly user: UserRecord } | { readonly kind: "gone" } | Refusal;

/** The members of a user that an operation may change; version and times follow by themselves. */
export type UserChange = Partial<
  Pick<
    UserRecord,
    | "status"
    | "activated"
    | "passwordChanged"
    | "profile"
    | "password"
    | "recoveryQuestion"
    | "factors"
    | "deviceBlocked"
    | "transitioningTo"
  >
>;

/** Stores the changed user, with the next version and the present time. */
export function changeUser(org: Org, user: UserRecord, change: UserChange): UserRecord {
  const now = org.now();
  const moved = change.status !== undefined && change.status !== user.status;
  return org.users.put(
    {
      ...user,
      ...change,
      version: user.version + 1,
      lastUpdated: now,
      statusChanged: moved ? now : user.statusChanged,
    },
    org.nowMs(),
  );
}

/** Operations on a password, which a user of an external provider does not have. */
const needsPassword: ReadonlySet<LifecycleOperation> = new Set(["expirePassword", "resetPassword"]);

const suspendFaults: Partial<Record<LifecycleOperation, string>> = {
  suspend: "Cannot suspend a user that is not active",
  unsuspend: "Cannot unsuspend a user that is not suspended",
};

function refusalOf(code: OktaErrorCode, operation: LifecycleOperation, user: UserRecord): Refusal {
  if (code === "E0000007") return refuseUnknown(user.id, "User");
  if (code === "E0000001") return refuseInvalid(`${operation}User`, suspendFaults[operation] ?? "Not allowed in this status");
  return code === "E0000032" ? refuse(code, undefined, ["The user is not locked out."]) : refuse(code);
}

function targetOf(operation: LifecycleOperation, user: UserRecord, cell: UserStatus | "stays"): UserStatus {
  if (operation === "activate" && user.status === "STAGED" && user.password !== null) return "ACTIVE";
  return cell === "stays" ? user.status : cell;
}

function sideEffects(operation: LifecycleOperation, user: UserRecord, now: string): UserChange {
  if (operation === "activate")
    return {
      activated: now,
      ...(user.status === "DEPROVISIONED" && { password: null, passwordChanged: null }),
    };
  if (operation === "resetFactors") return { factors: [] };
  return operation === "unlock" ? { deviceBlocked: false } : {};
}

/** Removes the user and its memberships for good. */
function removeUser(org: Org, user: UserRecord): LifecycleOutcome {
  for (const group of org.groups.all()) org.groups.membersOf(group).remove(user.index);
  org.users.remove(user, org.nowMs());
  return { kind: "gone" };
}

// The answer comes at once, the status when the org's transition time is over.
function begin(org: Org, user: UserRecord, change: UserChange & { readonly status: UserStatus }): LifecycleOutcome {
  const begun = changeUser(org, user, { transitioningTo: change.status });
  org.after(org.transitionMs, () => {
    const now = org.users.at(user.index);
    if (now?.transitioningTo === change.status) changeUser(org, now, { ...change, transitioningTo: null });
  });
  return { kind: "done", user: begun };
}

/** Carries out a lifecycle operation as the table of transitions says; `isAsync`: as one that takes the org's transition time. */
export function performLifecycle(
  org: Org,
  user: UserRecord,
  { operation, isAsync = false }: { readonly operation: LifecycleOperation; readonly isAsync?: boolean },
): LifecycleOutcome {
  if (user.transitioningTo) return refuse("E0000112");
  const cell = cellOf(operation, user);
  if (!isAllowed(cell)) return refusalOf(cell, operation, user);
  if (needsPassword.has(operation) && user.password === null) return refuse("E0000038");
  if (cell === "gone") return removeUser(org, user);
  const change = {
    status: targetOf(operation, user, cell),
    ...sideEffects(operation, user, org.now()),
  };
  if (isAsync && org.transitionMs > 0) return begin(org, user, change);
  return { kind: "done", user: changeUser(org, user, change) };
}
