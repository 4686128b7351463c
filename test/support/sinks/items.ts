import { type Mapped, type Row, rowMapper, type TableName, tables } from "@longarm/sync";

const members = { created: "2026-01-02T03:04:05.000Z", lastUpdated: "2026-02-03T04:05:06.000Z" };

/** A user as Okta sends one, with nulls where it sends them and a field of the org's own. */
export function userItem(n: number, profile: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: userId(n),
    status: n % 7 === 0 ? "DEPROVISIONED" : "ACTIVE",
    ...members,
    activated: null,
    statusChanged: null,
    lastLogin: n % 2 === 0 ? null : "2026-03-04T05:06:07.000Z",
    passwordChanged: null,
    type: { id: "oty000000000000000d" },
    profile: {
      login: `user${n}@example.com`,
      email: `user${n}@example.com`,
      firstName: `Ada ${n}`,
      lastName: "Löwe ’ 🦁",
      mobilePhone: null,
      secondEmail: null,
      department: n % 3 === 0 ? null : "Engineering",
      badge: n,
      ...profile,
    },
    credentials: { password: {}, recovery_question: { question: "canary?" }, provider: { type: "OKTA", name: "OKTA" } },
    _links: { self: { href: `https://org.example.com/api/v1/users/${userId(n)}` } },
  };
}

/** A group as Okta sends one; a description is null where there is none. */
export function groupItem(n: number): Readonly<Record<string, unknown>> {
  return {
    id: groupId(n),
    ...members,
    lastMembershipUpdated: members.lastUpdated,
    objectClass: ["okta:user_group"],
    type: "OKTA_GROUP",
    profile: { name: `Group ${n}`, description: null },
  };
}

export const userId = (n: number): string => `00u${String(n).padStart(17, "0")}`;
export const groupId = (n: number): string => `00g${String(n).padStart(17, "0")}`;

/** An item as a row; one that is none fails. */
export function rowOf(table: TableName, item: unknown, parent: string | null = null): Row {
  const mapped: Mapped = rowMapper(tables[table])(item, parent);
  if (mapped.kind === "fault") throw new Error(`no row of ${table}: ${mapped.fault.problem}`);
  return mapped.row;
}

export const usersFrom = (first: number, count: number): readonly Row[] =>
  Array.from({ length: count }, (_, at) => rowOf("users", userItem(first + at)));

export const memberOf = (group: number, user: number): Row => rowOf("group_members", userItem(user), groupId(group));
