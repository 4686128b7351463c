import type { RecordKind } from "@longarm/spoke";

/** Module "Okta Applications". */
const applications: RecordKind = {
  kind: "applications",
  fields: [{ name: "label" }, { name: "name" }, { name: "status" }, { name: "signOnMode" }],
  changedAt: ["lastUpdated"],
  pull: "okta.flow.pullApplications",
  refresh: { flow: "okta.flow.upsertApplicationRecord", member: "app" },
};

/** Module "Okta Groups". */
const groups: RecordKind = {
  kind: "groups",
  fields: [{ name: "name" }, { name: "type" }, { name: "description" }],
  changedAt: ["lastUpdated", "lastMembershipUpdated"],
  pull: "okta.flow.pullGroups",
  refresh: { flow: "okta.flow.upsertGroupRecord", member: "group" },
};

/** Module "Okta Users": looked up, and kept for a while. */
const users: RecordKind = {
  kind: "users",
  fields: [
    { name: "login", path: ["profile", "login"] },
    { name: "email", path: ["profile", "email"] },
    { name: "firstName", path: ["profile", "firstName"] },
    { name: "lastName", path: ["profile", "lastName"] },
    { name: "status" },
  ],
  changedAt: ["lastUpdated"],
  refresh: { flow: "okta.flow.upsertUserRecord", member: "user" },
};

/** Of which objects of an org records are kept. */
export const records: readonly RecordKind[] = [applications, groups, users];
