import type { ErrorCode } from "@longarm/shared";

/** A value of a profile's field; null: the field holds nothing. */
export type FieldValue = string | number | boolean | null | readonly FieldValue[];

/** What a source may want a user to be. */
export const wantedStatuses = ["active", "suspended", "deactivated"] as const;
export type WantedStatus = (typeof wantedStatuses)[number];

/** A line of the source as it was read: its cells by column, or why there are none. `row` is its line, from 1. */
export type SourceRow =
  | { readonly row: number; readonly cells: Readonly<Record<string, unknown>> }
  | { readonly row: number; readonly fault: string };

/** What one row asks for. */
export interface DesiredUser {
  readonly row: number;
  readonly profile: Readonly<Record<string, FieldValue>>;
  /** Absent: the map says nothing of statuses. */
  readonly status?: WantedStatus;
  /** Names of the groups that it is to be in, of those that the source owns; absent: the map says nothing of memberships. */
  readonly groups?: readonly string[];
}

/** A user as the org has it. */
export interface CurrentUser {
  readonly id: string;
  readonly status: string;
  readonly profile: Readonly<Record<string, unknown>>;
  /** Names of the groups it is in, of those that were read. */
  readonly groups: readonly string[];
}

/** Why a row, or a user that is gone from the source, is left as it is. */
export interface RowFault {
  /** Null: the user stands in no row. */
  readonly row: number | null;
  readonly user: string | null;
  readonly code: ErrorCode;
  readonly message: string;
}

/** How a user is named for people. */
export function loginOf(user: CurrentUser): string {
  const { login } = user.profile;
  return typeof login === "string" && login !== "" ? login : user.id;
}
