import type { GroupRecord, GroupType } from "../groups/group.ts";
import type { GroupStore } from "../groups/group-store.ts";
import type { SeededMembers } from "../groups/membership.ts";
import { draw } from "./mix.ts";
import { departments, type SeededPeople, siteNames } from "./people.ts";

const createdAt = "2023-01-02T08:00:00.000Z";

interface SeedGroup {
  readonly name: string;
  readonly description: string | null;
  readonly type?: GroupType;
  readonly members?: SeededMembers;
}

function asRecord(group: SeedGroup, sourceId: string): Omit<GroupRecord, "index" | "id"> {
  const type = group.type ?? "OKTA_GROUP";
  const fromApp = type === "APP_GROUP";
  return {
    type,
    objectClass: [fromApp ? "okta:windows_security_principal" : "okta:user_group"],
    created: createdAt,
    lastUpdated: createdAt,
    lastMembershipUpdated: createdAt,
    profile: { name: group.name, description: group.description },
    sourceId: fromApp ? sourceId : null,
  };
}

interface GroupSeed {
  readonly people: SeededPeople;
  readonly seed: number;
  readonly seededCount: number;
  /** Id of the directory application that the app groups come from. */
  readonly sourceId: string;
}

/** The name of the group that everybody is in. */
export const everyone = "Everyone";

/**
 * Fills an empty org with groups: Everyone, one per department, one per site, `Contractors` (a tenth of all), `Quarantine` (nobody),
 * and two groups of a directory application, one of which shares its name with a department.
 */
export function seedGroups(groups: GroupStore, { people, seed, seededCount, sourceId }: GroupSeed): void {
  const among = (test: SeededMembers): SeededMembers => {
    return (index) => index < seededCount && test(index);
  };
  const list: SeedGroup[] = [
    {
      name: everyone,
      description: "All users in your organization",
      type: "BUILT_IN",
      members: () => true,
    },
    ...departments.map((name, at) => ({
      name,
      description: `Everybody in ${name}`,
      members: among((index) => people.departmentOf(index) === at),
    })),
    ...siteNames.map((name, at) => ({
      name: `Site ${name}`,
      description: null,
      members: among((index) => people.siteOf(index) === at),
    })),
    {
      name: "Contractors",
      description: null,
      members: among((index) => draw(seed, index, 9) % 10 === 0),
    },
    { name: "Quarantine", description: "Nobody, until somebody is put here" },
    {
      name: "Engineering",
      description: null,
      type: "APP_GROUP",
      members: among((index) => people.departmentOf(index) === 0),
    },
    {
      name: "Directory Readers",
      description: null,
      type: "APP_GROUP",
      members: among((index) => index % 50 === 0),
    },
  ];
  for (const group of list) groups.add(asRecord(group, sourceId), Number.NEGATIVE_INFINITY, group.members);
}
