import type { AppRecord, SignOnMode } from "../apps/app.ts";
import type { AppStore } from "../apps/app-store.ts";
import type { GroupStore } from "../groups/group-store.ts";
import type { SeededMembers } from "../groups/membership.ts";
import { draw } from "./mix.ts";
import type { SeededPeople } from "./people.ts";

const createdAt = "2023-01-02T09:00:00.000Z";

interface SeedApp {
  readonly name: string;
  readonly label: string;
  readonly signOnMode: SignOnMode;
  readonly status?: AppRecord["status"];
  readonly features?: readonly string[];
  readonly links?: readonly string[];
  /** Names of the groups whose members may use it. */
  readonly groups?: readonly string[];
  /** Who is assigned by itself. */
  readonly users?: SeededMembers;
}

function asRecord(app: SeedApp): Omit<AppRecord, "index" | "id"> {
  const { name, label, signOnMode, status = "ACTIVE", features = [], links = [] } = app;
  const hrefs = links.map((link) => ({ name: link, href: `https://${name.replaceAll("_", "-")}.example.com/${link}` }));
  return { name, label, signOnMode, status, features, created: createdAt, lastUpdated: createdAt, settings: {}, links: hrefs };
}

/** Adds the directory that the app groups come from: the first application of every org. */
export function seedDirectory(apps: AppStore): AppRecord {
  return apps.add(asRecord({ name: "active_directory", label: "Head Office Directory", signOnMode: null, features: ["IMPORT_NEW_USERS"] }));
}

interface AppSeed {
  readonly groups: GroupStore;
  readonly people: SeededPeople;
  readonly seed: number;
  readonly seededCount: number;
}

/**
 * Fills an org with applications: some for everybody or for a department, one for every twentieth user by itself, one that both give,
 * one with two links, an inactive one, and one that Okta runs itself.
 */
export function seedApps(apps: AppStore, of: AppSeed): void {
  const among = (test: SeededMembers): SeededMembers => {
    return (index) => index < of.seededCount && of.people.statusOf(index) !== "DEPROVISIONED" && test(index);
  };
  const list: readonly SeedApp[] = [
    { name: "saasure", label: "Okta Admin Console", signOnMode: null },
    { name: "mail_suite", label: "Mail", signOnMode: "SAML_2_0", links: ["mail", "calendar"], groups: ["Everyone"] },
    { name: "code_host", label: "Code", signOnMode: "SAML_2_0", links: ["login"], groups: ["Engineering"], features: ["PUSH_NEW_USERS"] },
    {
      ...{ name: "payroll", label: "Payroll", signOnMode: "AUTO_LOGIN", links: ["login"], groups: ["Finance"] },
      users: among((index) => draw(of.seed, index, 11) % 20 === 0),
    },
    { name: "bookmark", label: "Canteen Menu", signOnMode: "BOOKMARK", links: ["login"], users: among((index) => index % 3 === 0) },
    { name: "legacy_crm", label: "Old Customers", signOnMode: "BASIC_AUTH", status: "INACTIVE", links: ["login"], groups: ["Sales"] },
  ];
  for (const seed of list) {
    const app = apps.add(asRecord(seed), seed.users);
    for (const [priority, name] of (seed.groups ?? []).entries()) {
      const group = of.groups.all().find((one) => one.profile.name === name && one.type !== "APP_GROUP");
      if (group) apps.groupsOf(app).set(group.id, { groupId: group.id, priority, lastUpdated: createdAt, profile: {} });
    }
  }
}
