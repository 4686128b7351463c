import { loseApps } from "../apps/access.ts";
import { changed, type Effect } from "../effect.ts";
import { leaveGroups } from "../groups/members.ts";
import { applyRules } from "../groups/rules/apply-rules.ts";
import { namesOfUser } from "../log/log-event.ts";
import type { Org } from "../org.ts";
import { type OktaErrorCode, type Refusal, refuse, refuseInvalid, refuseUnknown } from "../refusal.ts";
import { cellOf, isAllowed, type LifecycleOperation } from "./transitions.ts";
import type { UserRecord, UserStatus } from "./user.ts";

/** What an operation has done: the user as it is now (undefined when it is gone), and all effects. */
export interface Accomplished {
  readonly user: UserRecord | undefined;
  readonly effects: readonly Effect[];
}

/** What became of an operation: done, begun (what is `finished` then leaves its first effect out), or why nothing was done. */
export type LifecycleOutcome =
  | ({ readonly kind: "done" } & Accomplished)
  | ({ readonly kind: "begun"; readonly finished: Promise<Accomplished> } & Accomplished)
  | Refusal;

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
    | "isBeingDeleted"
    | "typeId"
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

/** Is an activation, deactivation or deletion of the user under way? Until it is over, Okta takes no other change. */
export function isUnderWay(user: UserRecord): boolean {
  return Boolean(user.transitioningTo) || user.isBeingDeleted === true;
}

/** Operations on a password, which a user of an external provider does not have. */
const needsPassword: ReadonlySet<LifecycleOperation> = new Set(["expirePassword", "resetPassword"]);

/** Operations that take the org's transition time. */
const takesTime: ReadonlySet<LifecycleOperation> = new Set(["activate", "deactivate", "delete"]);

const effectNames: Readonly<Record<Exclude<LifecycleOperation, "delete">, string>> = {
  activate: "user.activated",
  reactivate: "user.reactivated",
  deactivate: "user.deactivated",
  suspend: "user.suspended",
  unsuspend: "user.unsuspended",
  unlock: "user.unlocked",
  expirePassword: "user.passwordExpired",
  resetPassword: "user.passwordReset",
  changePassword: "user.passwordChanged",
  setPassword: "user.passwordSet",
  resetFactors: "user.factorsReset",
};

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

/** Removes the user, its memberships and its assignments for good. */
function removeUser(org: Org, user: UserRecord): Accomplished {
  const effects = [...leaveGroups(org, user), ...loseApps(org, user)];
  org.departed.note(user.id, namesOfUser(user));
  org.users.remove(user, org.nowMs());
  return { user: undefined, effects };
}

// A deactivated user loses its applications, and an activation does not bring them back; the rules look at who returns.
function move(org: Org, user: UserRecord, change: UserChange): Accomplished {
  const now = changeUser(org, user, { ...change, transitioningTo: null });
  if (now.status === "DEPROVISIONED") return { user: now, effects: loseApps(org, now) };
  return { user: now, effects: user.status === "DEPROVISIONED" ? applyRules(org, now) : [] };
}

interface Step {
  readonly begin: UserChange;
  /** The whole of it, of the user as it is when the time has come. */
  readonly finish: (user: UserRecord) => Accomplished;
}

// The user shows at once where it is going, and is there when the org's transition time is over.
function begin(org: Org, user: UserRecord, { begin, finish }: Step): { user: UserRecord; finished: Promise<Accomplished> } {
  const begun = changeUser(org, user, begin);
  const finished = new Promise<Accomplished>((resolve) => {
    org.after(org.transitionMs, () => {
      const now = org.users.at(user.index);
      const isStillOn = now && isUnderWay(now) && now.transitioningTo === begun.transitioningTo;
      resolve(isStillOn ? finish(now) : { user: now, effects: [] });
    });
  });
  return { user: begun, finished };
}

/** Carries out a lifecycle operation as the table of transitions says; the first of its effects is the operation's own. */
export function performLifecycle(org: Org, user: UserRecord, operation: LifecycleOperation): LifecycleOutcome {
  if (isUnderWay(user)) return refuse("E0000112");
  const cell = cellOf(operation, user);
  if (!isAllowed(cell)) return refusalOf(cell, operation, user);
  if (needsPassword.has(operation) && user.password === null) return refuse("E0000038");
  const step = stepOf(org, user, { operation, cell });
  const named = operation === "delete" ? (cell === "gone" ? "user.deleted" : effectNames.deactivate) : effectNames[operation];
  const effects = [changed(named, user.id)];
  if (takesTime.has(operation) && org.transitionMs > 0) return { kind: "begun", effects, ...begin(org, user, step) };
  const { user: now, effects: consequences } = step.finish(user);
  return { kind: "done", user: now, effects: [...effects, ...consequences] };
}

function stepOf(org: Org, user: UserRecord, of: { operation: LifecycleOperation; cell: UserStatus | "stays" | "gone" }): Step {
  const { operation, cell } = of;
  if (cell === "gone") return { begin: { isBeingDeleted: true }, finish: (now) => removeUser(org, now) };
  const change = { status: targetOf(operation, user, cell), ...sideEffects(operation, user, org.now()) };
  return { begin: { transitioningTo: change.status }, finish: (now) => move(org, now, change) };
}
