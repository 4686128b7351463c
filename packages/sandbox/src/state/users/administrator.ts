import type { Org } from "../org.ts";
import type { UserRecord } from "./user.ts";

const since = "2020-01-01T00:00:00.000Z";

/** The administrator whom the org's API token belongs to; no list shows them. */
export function administratorOf({ adminId, userTypes }: Org): UserRecord {
  return {
    // Version 2: only a user that was never changed is taken for a seeded one.
    ...{ index: -1, id: adminId, version: 2, status: "ACTIVE", typeId: userTypes.default.id },
    ...{ created: since, activated: since, statusChanged: since, lastLogin: since, lastUpdated: since, passwordChanged: since },
    profile: { login: "admin@example.com", email: "admin@example.com", firstName: "Org", lastName: "Administrator" },
    ...{ password: null, recoveryQuestion: null },
    provider: { type: "OKTA", name: "OKTA" },
  };
}
