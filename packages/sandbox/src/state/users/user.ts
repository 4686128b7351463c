import type { FactorRecord } from "./factors.ts";

/** Every status a user can have, in the order of a user's life. */
export const userStatuses = [
  "STAGED",
  "PROVISIONED",
  "ACTIVE",
  "RECOVERY",
  "PASSWORD_EXPIRED",
  "LOCKED_OUT",
  "SUSPENDED",
  "DEPROVISIONED",
] as const;

/** A user's status, as Okta names them. */
export type UserStatus = (typeof userStatuses)[number];

/** Is `value` one of the eight statuses? */
export function isUserStatus(value: unknown): value is UserStatus {
  return (userStatuses as readonly unknown[]).includes(value);
}

export type ProfileValue = string | number | boolean | null | readonly (string | number)[];

/** A user's attributes by name; an attribute that has no value is absent or null. */
export type UserProfile = Readonly<Record<string, ProfileValue>>;

/** Who checks the user's password. */
export interface AuthenticationProvider {
  readonly type: "OKTA" | "FEDERATION" | "SOCIAL" | "ACTIVE_DIRECTORY" | "LDAP" | "IMPORT";
  readonly name: string;
}

/** A user at one moment; every change makes a new record with the next version. Times are ISO 8601 in UTC. */
export interface UserRecord {
  readonly index: number;
  readonly id: string;
  readonly version: number;
  readonly status: UserStatus;
  readonly created: string;
  readonly activated: string | null;
  readonly statusChanged: string | null;
  readonly lastLogin: string | null;
  readonly lastUpdated: string;
  readonly passwordChanged: string | null;
  readonly typeId: string;
  readonly profile: UserProfile;
  readonly password: string | null;
  readonly recoveryQuestion: { readonly question: string; readonly answer: string } | null;
  readonly provider: AuthenticationProvider;
  /** The second factors; absent: none. */
  readonly factors?: readonly FactorRecord[];
  /** The status that an activation or deactivation under way leads to; absent: none is under way. */
  readonly transitioningTo?: UserStatus | null;
  /** Is a deletion under way that will remove the user? Absent: no. */
  readonly isBeingDeleted?: boolean;
  /** Blocked from devices that Okta does not know, whatever the status says; absent: no. */
  readonly deviceBlocked?: boolean;
}

/** The user's login, as it was written. */
export function loginOf(user: UserRecord): string {
  return String(user.profile["login"] ?? "");
}

/** What stands before the `@` of a login, in lower case: the name by which the user may also be asked for. */
export function shortNameOf(login: string): string {
  const at = login.indexOf("@");
  return (at < 0 ? login : login.slice(0, at)).toLowerCase();
}
