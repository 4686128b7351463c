/** A sync of a simulated org over HTTP: what is copied, what a later run asks for, and what it finds gone. */
import assert from "node:assert/strict";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { alteredPages } from "../support/sync/altered-pages.ts";
import { liveRows, markedRows } from "../support/sync/live-rows.ts";
import { OrgChanges } from "../support/sync/org-changes.ts";
import { sqliteKind } from "../support/sinks/places.ts";
import { withSyncedOrg } from "../support/sync/synced-org.ts";

const test = suite("a sync of an org");
const org = { users: 450, statuses: "mixed", indexLagMs: 0 } as const;
const timeoutMs = 30_000;
const dayMs = 86_400_000;

interface Known {
  readonly id: string;
  readonly type?: string;
  readonly scope?: string;
}

async function listed(from: SandboxOrg, path: string): Promise<readonly Known[]> {
  return (await from.call("GET", path)).body as readonly Known[];
}

/** How often which route was asked since the last time. */
async function askedOf(from: SandboxOrg): Promise<() => Promise<Readonly<Record<string, { readonly requests: number }>>>> {
  const look = async (since: number) =>
    (await from.call("GET", `/sandbox/requests?since=${since}`)).body as { sequence: number; routes: Record<string, { requests: number }> };
  const { sequence } = await look(0);
  return async () => (await look(sequence)).routes;
}

test(
  "copies every user whatever its status, every group with its members, every application with who has it",
  () =>
    withSyncedOrg(org, async ({ org: from, place, sync }) => {
      const report = await sync();
      assert.deepEqual([report.outcome, report.mode, report.generation], ["complete", "full", 1]);
      const statuses = await place.query("SELECT DISTINCT status FROM users WHERE status = 'DEPROVISIONED'");
      assert.deepEqual([report.counts.users?.written, statuses.length], [450, 1]);
      const groups = await listed(from, "/api/v1/groups?limit=200");
      for (const { id } of groups.slice(0, 5)) {
        const members = await listed(from, `/api/v1/groups/${id}/users?limit=1000`);
        const copied = await place.query(`SELECT user_id AS id FROM memberships WHERE group_id = '${id}' ORDER BY user_id`);
        assert.deepEqual(
          copied.map((row) => row["id"]),
          members.map((member) => member.id).toSorted(),
        );
      }
      const apps = await listed(from, "/api/v1/apps?limit=200");
      assert.deepEqual([report.counts.groups?.written, report.counts.apps?.written], [groups.length, apps.length]);
      const access = await place.query("SELECT DISTINCT app_id FROM app_access WHERE scope = 'GROUP' AND through_groups IS NULL");
      assert.deepEqual(access, []);
    }),
  { timeoutMs },
);

test(
  "asks, the next time, for no member and no user that did not change",
  () =>
    withSyncedOrg(org, async ({ org: from, sync }) => {
      await sync();
      const asked = await askedOf(from);
      assert.equal((await sync()).mode, "incremental");
      const routes = await asked();
      assert.equal(routes["GET /api/v1/groups/{groupId}/users"], undefined, JSON.stringify(routes));
      assert.equal(routes["GET /api/v1/apps/{appId}/users"], undefined, JSON.stringify(routes));
      assert.equal(routes["GET /api/v1/users"]?.requests, 1);
    }),
  { timeoutMs },
);

test(
  "brings over what changed, memberships and access included, and ends with what a new copy holds",
  () =>
    withSyncedOrg(org, async ({ org: from, place, pages, sync }) => {
      await sync();
      const changes = new OrgChanges(from);
      const [user, leaver] = await listed(from, "/api/v1/users?limit=2");
      const own = (await listed(from, "/api/v1/groups?limit=200")).find(({ type }) => type === "OKTA_GROUP");
      const app = (await listed(from, "/api/v1/apps?limit=200")).at(0)?.id ?? "";
      const made = await changes.createUser("new@example.com", { title: "Countess" });
      const group = await changes.createGroup("Brand new");
      await changes.updateUser(user?.id ?? "", { title: "Changed" });
      await changes.deactivateUser(leaver?.id ?? "");
      for (const id of [group, own?.id ?? ""]) await changes.addMember(id, made);
      await changes.assign(app, made);
      const { mode, outcome } = await sync();
      assert.deepEqual([mode, outcome], ["incremental", "complete"]);
      await sqliteKind.withPlace(async (fresh) => {
        await sync({ sink: fresh.sink, pages });
        assert.deepEqual(await liveRows(place), await liveRows(fresh));
      });
      await changes.removeMember(group, made);
      await changes.unassign(app, made);
      await sync();
      assert.deepEqual(await markedRows(place, "group_members"), { [`${group} ${made}`]: "sweep" });
      assert.equal((await markedRows(place, "app_users"))[`${app} ${made}`], "sweep");
    }),
  { timeoutMs },
);

test(
  "learns from the log what is gone, at once and with all that hung on it",
  () =>
    withSyncedOrg(org, async ({ org: from, place, sync }) => {
      const changes = new OrgChanges(from);
      const [user, group] = [await changes.createUser("leaver@example.com"), await changes.createGroup("Short lived")];
      const app = (await listed(from, "/api/v1/apps?limit=200")).at(-1)?.id ?? "";
      await changes.addMember(group, user);
      await sync();
      await changes.deleteUser(user);
      await changes.deleteGroup(group);
      await changes.deleteApp(app);
      assert.equal((await sync()).mode, "incremental");
      assert.deepEqual(await markedRows(place, "users"), { [user]: "log" });
      assert.deepEqual(await markedRows(place, "groups"), { [group]: "log" });
      assert.deepEqual(await markedRows(place, "apps"), { [app]: "log" });
      assert.equal((await markedRows(place, "group_members"))[`${group} ${user}`], "log");
      assert.deepEqual(await place.query(`SELECT * FROM app_users WHERE app_id = '${app}' AND deleted_at IS NULL`), []);
    }),
  { timeoutMs },
);

test(
  "learns who has lost an application because a group that gave it is gone",
  () =>
    withSyncedOrg({ users: 20, indexLagMs: 0 }, async ({ org: from, place, pages, sync }) => {
      const changes = new OrgChanges(from);
      const [user, group] = [(await listed(from, "/api/v1/users?limit=1")).at(0)?.id ?? "", await changes.createGroup("Short lived")];
      const app = (await listed(from, "/api/v1/apps?limit=200")).at(0)?.id ?? "";
      await changes.addMember(group, user);
      await changes.grant(app, group);
      await sync();
      await changes.deleteGroup(group);
      assert.equal((await sync()).mode, "incremental");
      assert.equal((await markedRows(place, "app_users"))[`${app} ${user}`], "sweep");
      await sqliteKind.withPlace(async (fresh) => {
        await sync({ sink: fresh.sink, pages });
        assert.deepEqual(await liveRows(place), await liveRows(fresh));
      });
    }),
  { timeoutMs },
);

test(
  "does not take back what the log says is gone because a listing lags behind",
  () =>
    withSyncedOrg({ users: 20, indexLagMs: 0 }, async ({ org: from, place, pages, sync }) => {
      const changes = new OrgChanges(from);
      const [user, group] = [await changes.createUser("ghost@example.com"), await changes.createGroup("Haunted")];
      await changes.addMember(group, user);
      await sync();
      const ghost = (await from.call("GET", `/api/v1/users/${user}`)).body;
      await changes.deleteUser(user);
      const lagging = alteredPages(pages, (outcome, { request }) =>
        outcome.kind === "page" && ["okta.user.stream", "okta.group.streamMembers"].includes(request.action)
          ? { ...outcome, items: [ghost, ...outcome.items] }
          : outcome,
      );
      await sync({ pages: lagging });
      assert.deepEqual(await markedRows(place, "users"), { [user]: "log" });
      assert.equal((await markedRows(place, "group_members"))[`${group} ${user}`], "log");
    }),
  { timeoutMs },
);

test(
  "learns from a sweep what is gone where it does not read the log, and makes one once a week",
  () =>
    withSyncedOrg(org, async ({ org: from, place, sync }) => {
      const changes = new OrgChanges(from);
      const user = await changes.createUser("leaver@example.com");
      const streams = ["users", "groups", "groupMembers"] as const;
      const nowMs = Date.now();
      await sync({ streams, nowMs });
      await changes.deleteUser(user);
      assert.equal((await sync({ streams, nowMs: nowMs + 6 * dayMs })).mode, "incremental");
      assert.deepEqual(await markedRows(place, "users"), {});
      const swept = await sync({ streams, nowMs: nowMs + 7 * dayMs });
      assert.deepEqual([swept.mode, swept.counts.users?.marked], ["full", 1]);
      assert.deepEqual(await markedRows(place, "users"), { [user]: "sweep" });
    }),
  { timeoutMs },
);

test(
  "fills a stream that was added later as a whole, and leaves the others as they are",
  () =>
    withSyncedOrg(org, async ({ place, sync }) => {
      await sync({ streams: ["users", "groups"] });
      const { mode, counts } = await sync({ streams: ["users", "groups", "groupMembers"] });
      assert.deepEqual([mode, counts.users], ["incremental", undefined]);
      const [row] = await place.query("SELECT count(*) AS n FROM group_members");
      assert.ok(Number(row?.["n"]) > 450);
      assert.equal(counts.group_members?.written, row?.["n"]);
    }),
  { timeoutMs },
);

test(
  "copies what is listed under objects also where it does not copy the objects themselves",
  () =>
    withSyncedOrg({ users: 60, indexLagMs: 0 }, async ({ place, sync }) => {
      const { counts } = await sync({ streams: ["groupMembers"] });
      assert.deepEqual(Object.keys(counts), ["group_members"]);
      assert.deepEqual(await place.query("SELECT * FROM groups"), []);
    }),
  { timeoutMs },
);

test(
  "reads the log on from where it was, each event once",
  () =>
    withSyncedOrg({ users: 20, indexLagMs: 0 }, async ({ org: from, place, sync }) => {
      const changes = new OrgChanges(from);
      const streams = ["logs"] as const;
      for (let n = 0; n < 5; n += 1) await changes.createGroup(`Group ${n}`);
      const first = await sync({ streams });
      for (let n = 5; n < 8; n += 1) await changes.createGroup(`Group ${n}`);
      const second = await sync({ streams });
      const created = await place.query("SELECT count(*) AS n FROM logs WHERE event_type = 'group.lifecycle.create'");
      assert.deepEqual([Number(first.counts.logs?.written) >= 5, second.counts.logs?.written, created], [true, 3, [{ n: 8 }]]);
    }),
  { timeoutMs },
);

test.run();
