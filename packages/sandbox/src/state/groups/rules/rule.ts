import type { Condition } from "./condition.ts";

/** A group rule at one moment. Times are ISO 8601 in UTC. */
export interface RuleRecord {
  readonly id: string;
  readonly name: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly created: string;
  readonly lastUpdated: string;
  /** As it was given, and as it is asked. */
  readonly expression: string;
  readonly condition: Condition;
  /** Ids of users whom the rule leaves alone. */
  readonly excludedUsers: readonly string[];
  /** Ids of the groups that it puts users into. */
  readonly groupIds: readonly string[];
}
