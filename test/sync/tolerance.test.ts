/** What an org may do to a sync without harm: odd items, new fields, missing rights, objects that go while they are read. */
import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import type { PageOutcome } from "@longarm/sync";
import { suite } from "../support/suite.ts";
import { alteredPages } from "../support/sync/altered-pages.ts";
import { markedRows } from "../support/sync/live-rows.ts";
import { OrgChanges } from "../support/sync/org-changes.ts";
import { withSyncedOrg } from "../support/sync/synced-org.ts";

const test = suite("a sync");
const org = { users: 60, indexLagMs: 0 } as const;
const timeoutMs = 30_000;

function withItems(outcome: PageOutcome, change: (items: readonly unknown[]) => readonly unknown[]): PageOutcome {
  return outcome.kind === "page" ? { ...outcome, items: change(outcome.items) } : outcome;
}

test(
  "keeps an item without a key as a fault, copies the others, and takes nothing for deleted that this may be",
  () =>
    withSyncedOrg(org, async ({ place, pages, sync }) => {
      const streams = ["users", "groups"] as const;
      await sync({ streams, mode: "full" });
      const odd = alteredPages(pages, (outcome, { request }) =>
        request.action === "okta.user.stream"
          ? withItems(outcome, (items) => [{ id: null, status: "ACTIVE" }, ...items.slice(2)])
          : outcome,
      );
      const report = await sync({ streams, mode: "full", pages: odd });
      assert.deepEqual(
        [report.outcome, report.unswept, report.counts.users],
        ["incomplete", ["users"], { written: 58, marked: 0, faults: 1 }],
      );
      assert.deepEqual(
        (await place.state()).faults.map(({ table, problem }) => [table, problem]),
        [["users", "has no id that is a text"]],
      );
      assert.deepEqual(await markedRows(place, "users"), {});
      const next = await sync({
        streams,
        mode: "full",
        pages: alteredPages(pages, (outcome) => withItems(outcome, (items) => items.slice(1))),
      });
      assert.deepEqual([next.outcome, next.counts.users?.marked], ["complete", 1]);
    }),
  { timeoutMs },
);

test(
  "tells which fields are new in the org, once",
  () =>
    withSyncedOrg(org, async ({ pages, sync }) => {
      const given = (fields: Readonly<Record<string, unknown>>) =>
        alteredPages(pages, (outcome, { request }) =>
          request.action === "okta.user.stream"
            ? withItems(outcome, (items) => items.map((item) => ({ ...(item as object), ...fields })))
            : outcome,
        );
      const sweep = { streams: ["users"], mode: "full" } as const;
      assert.deepEqual((await sync(sweep)).newFields, {});
      assert.deepEqual((await sync({ ...sweep, pages: given({ realmId: "r1", shoe: { size: 42 } }) })).newFields, {
        users: ["realmId", "shoe"],
      });
      assert.deepEqual((await sync({ ...sweep, pages: given({ realmId: "r1" }) })).newFields, {});
    }),
  { timeoutMs },
);

test(
  "leaves out what the credential may not read, says so, copies the rest, and catches up when it may",
  () =>
    withSyncedOrg({ ...org, users: 450, statuses: "mixed" }, async ({ pages, place, sync }) => {
      const barred = alteredPages(pages, (outcome, { request }) => {
        if (request.action === "okta.app.streamUsers") throw new LongarmError("permission_missing", "no scope");
        return outcome;
      });
      const report = await sync({ pages: barred });
      assert.deepEqual(
        [report.outcome, report.skipped.map(({ step, error }) => [step, error.code]), report.counts.event_hooks?.written],
        ["incomplete", [["apps", "permission_missing"]], 1],
      );
      assert.deepEqual(await place.query("SELECT * FROM app_users"), []);
      const next = await sync();
      assert.deepEqual([next.outcome, next.mode, Number(next.counts.app_users?.written) > 0], ["complete", "full", true]);
    }),
  { timeoutMs },
);

test(
  "takes a group that goes while it is read for one without members",
  () =>
    withSyncedOrg(org, async ({ org: from, pages, place, sync }) => {
      const changes = new OrgChanges(from);
      const [group, user] = [await changes.createGroup("Doomed"), await changes.createUser("ada@example.com")];
      await changes.addMember(group, user);
      const streams = ["groups", "groupMembers"] as const;
      await sync({ streams });
      await changes.removeMember(group, user);
      const doomed = alteredPages(pages, async (outcome, { request }) => {
        if (request.action === "okta.group.stream") await changes.deleteGroup(group);
        return outcome;
      });
      assert.equal((await sync({ streams, pages: doomed })).outcome, "complete");
      assert.deepEqual(await markedRows(place, "group_members"), { [`${group} ${user}`]: "sweep" });
    }),
  { timeoutMs },
);

test(
  "lists no more at once under objects than it is told to",
  () =>
    withSyncedOrg(org, async ({ pages, sync }) => {
      let [under, most] = [0, 0];
      const counting: typeof pages = {
        async *read(request, options) {
          const isCounted = request.action === "okta.group.streamMembers";
          under += Number(isCounted);
          most = Math.max(most, under);
          try {
            yield* pages.read(request, options);
          } finally {
            under -= Number(isCounted);
          }
        },
      };
      await sync({ pages: counting, streams: ["groups", "groupMembers"], options: { parallel: 3 } });
      assert.equal(most, 3);
    }),
  { timeoutMs },
);

test(
  "does not go on with a checkpoint of another version",
  () =>
    withSyncedOrg(org, async ({ place, sync }) => {
      const writer = await place.sink.open({ sync: "acme", epoch: 1 });
      await writer.commit({ changes: [], generation: 1, at: "2026-05-01T00:00:00.000Z", checkpoint: '{"version":99}' });
      await writer.close();
      await assert.rejects(sync(), { code: "invalid_state", message: /another version of Longarm/ });
    }),
  { timeoutMs },
);

test(
  "that may read nothing at all fails of that",
  () =>
    withSyncedOrg(org, async ({ pages, sync }) => {
      const blind = alteredPages(pages, () => {
        throw new LongarmError("permission_missing", "no scope");
      });
      await assert.rejects(sync({ pages: blind }), { code: "permission_missing" });
      assert.equal((await sync()).outcome, "complete");
    }),
  { timeoutMs },
);

test.run();
