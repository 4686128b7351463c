import assert from "node:assert/strict";
import { systemClock } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import type { ApiRequest } from "../http/exchange.ts";
import { createGroup } from "../state/groups/change-group.ts";
import { createRule } from "../state/groups/rules/change-rule.ts";
import { createApp } from "../state/apps/change-app.ts";
import type { LogEvent } from "../state/log/log-event.ts";
import { createOrg, type Org } from "../state/org.ts";
import { apiRoutes } from "./table.ts";

const test = suite("how many objects a page holds");

interface Row {
  readonly template: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** Objects in `limit` absent, larger than any, and 1. */
  readonly usual: number;
  readonly most: number;
  readonly least: number;
}

function orgOf(users: number): Org {
  return createOrg({ users, seed: 1, statuses: "active", indexLagMs: 0, transitionMs: 0, clock: systemClock });
}

function groupId(org: Org, name: string): string {
  return org.groups.all().find((group) => group.profile.name === name)?.id ?? "";
}

function fillGroups(org: Org, count: number): Org {
  // In place of 10,001 calls of the API, each of which looks through all names.
  const pattern = createGroup(org, { name: "Group" });
  if (pattern.kind === "refused") throw new Error("refused");
  for (let made = 0; made < count; made += 1)
    org.groups.add({ ...pattern.group, profile: { name: `Group ${made}`, description: null } }, 0);
  return org;
}

function fillApps(org: Org, count: number): Org {
  const settings = { app: { url: "https://example.com" } };
  const wish = { name: "bookmark", label: "App", signOnMode: "BOOKMARK", settings };
  for (let made = 0; made < count; made += 1) createApp(org, wish, true);
  return org;
}

function fillRules(org: Org, count: number): Org {
  const wish = { type: "group_rule", expression: 'user.city == "x"', excludedUsers: [], groupIds: [groupId(org, "Quarantine")] };
  for (let made = 0; made < count; made += 1) assert.equal(createRule(org, { ...wish, name: `Rule ${made}` }).kind, "done");
  return org;
}

function fillLog(org: Org, count: number): Org {
  const event: LogEvent = { uuid: "", published: org.now(), eventType: "x.y", target: [] };
  org.log.append(Array.from({ length: count }, () => event));
  return org;
}

function withMemberships(org: Org): Org {
  const { index } = org.users.at(0) ?? assert.fail("no user");
  for (const group of org.groups.all()) org.groups.membersOf(group).add(index);
  return org;
}

function withAssignedGroups(org: Org, appId: string): Org {
  const app = org.apps.byId(appId) ?? assert.fail("no app");
  for (const group of org.groups.all())
    org.apps.groupsOf(app).set(group.id, { groupId: group.id, priority: 0, lastUpdated: org.now(), profile: {} });
  return org;
}

const users = orgOf(1_100);
const everyone = groupId(users, "Everyone");
const mail = users.apps.all().find(({ label }) => label === "Mail")?.id ?? "";
const crowded = withMemberships(fillGroups(orgOf(1), 250));
const crowdedApp = crowded.apps.all()[0]?.id ?? "";

const rows: readonly (readonly [Org, Row])[] = [
  [users, { template: "/api/v1/users", usual: 200, most: 200, least: 1 }],
  [users, { template: "/api/v1/users", query: "q=user", usual: 10, most: 200, least: 1 }],
  [users, { template: "/api/v1/users", query: 'search=status eq "ACTIVE"', usual: 200, most: 200, least: 1 }],
  [users, { template: "/api/v1/users", query: 'filter=status eq "ACTIVE"', usual: 200, most: 200, least: 1 }],
  [fillGroups(orgOf(0), 10_001), { template: "/api/v1/groups", usual: 10_000, most: 10_000, least: 1 }],
  [fillGroups(orgOf(0), 400), { template: "/api/v1/groups", query: "q=group", usual: 300, most: 401, least: 1 }],
  [users, { template: "/api/v1/groups/{groupId}/users", params: { groupId: everyone }, usual: 1_000, most: 1_000, least: 1 }],
  [crowded, { template: "/api/v1/users/{id}/groups", params: { id: "user000000" }, usual: 200, most: 200, least: 1 }],
  [fillApps(orgOf(0), 250), { template: "/api/v1/apps", usual: 20, most: 200, least: 1 }],
  [users, { template: "/api/v1/apps/{appId}/users", params: { appId: mail }, usual: 50, most: 500, least: 1 }],
  [
    withAssignedGroups(crowded, crowdedApp),
    { template: "/api/v1/apps/{appId}/groups", params: { appId: crowdedApp }, usual: 20, most: 200, least: 20 },
  ],
  [fillRules(orgOf(0), 250), { template: "/api/v1/groups/rules", usual: 50, most: 200, least: 1 }],
  [fillLog(orgOf(0), 1_200), { template: "/api/v1/logs", usual: 100, most: 1_000, least: 1 }],
];

async function lengthOf(org: Org, { template, params = {}, query = "" }: Row, limit: string | undefined): Promise<number> {
  const asked = new URLSearchParams(query);
  if (limit !== undefined) asked.set("limit", limit);
  const request = { ...{ org, method: "GET", origin: "http://okta.example", path: template }, params, query: asked, headers: {}, body: {} };
  const route = apiRoutes.find((one) => one.method === "GET" && one.template === template);
  const answer = await route?.handle(request satisfies ApiRequest);
  assert.equal(answer?.kind, "answer", JSON.stringify(answer));
  return (JSON.parse(answer?.kind === "answer" ? answer.body : "[]") as unknown[]).length;
}

for (const [org, row] of rows) {
  const asked = `${row.template}${row.query === undefined ? "" : `?${row.query}`}`;
  test(`${asked}: ${row.usual}, at most ${row.most}, at least ${row.least}`, async () => {
    const beyond = row.template === "/api/v1/logs" ? "1000" : "99999";
    const lengths = [await lengthOf(org, row, undefined), await lengthOf(org, row, beyond), await lengthOf(org, row, "1")];
    assert.deepEqual(lengths, [row.usual, row.most, row.least]);
  });
}

test.run();
