export const groupTypes = ["OKTA_GROUP", "BUILT_IN", "APP_GROUP"] as const;

export type GroupType = (typeof groupTypes)[number];

/** A group at one moment. Times are ISO 8601 in UTC. */
export interface GroupRecord {
  readonly index: number;
  readonly id: string;
  readonly type: GroupType;
  readonly objectClass: readonly string[];
  readonly created: string;
  /** When the profile last changed. */
  readonly lastUpdated: string;
  readonly lastMembershipUpdated: string;
  readonly profile: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly description: string | null;
  };
  /** The application that an APP_GROUP comes from. */
  readonly sourceId: string | null;
}
