/** What becomes of a copy when an org suddenly lists little or nothing: it stays, until somebody says that this is meant. */
import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import type { PageOutcome } from "@longarm/sync";
import { ndjsonKind, postgresKind, type SinkKind, sqliteKind } from "../support/sinks/places.ts";
import { noPostgres, startPostgres } from "../support/sinks/postgres-server.ts";
import { suite } from "../support/suite.ts";
import { alteredPages } from "../support/sync/altered-pages.ts";
import { liveRows } from "../support/sync/live-rows.ts";
import { withSyncedOrg } from "../support/sync/synced-org.ts";

const test = suite("a sync of an org that suddenly lists less");
const org = { users: 60, indexLagMs: 0 } as const;
const full = { mode: "full", streams: ["users", "groups", "groupMembers"] } as const;
const timeoutMs = 60_000;

const postgres = await startPostgres();
if (!postgres) test.skip("is the same in PostgreSQL", noPostgres);
const kinds: readonly SinkKind[] = [sqliteKind, ndjsonKind, ...(postgres ? [postgresKind(postgres)] : [])];

const emptied = (outcome: PageOutcome): PageOutcome => (outcome.kind === "page" ? { ...outcome, items: [] } : outcome);

for (const { name, withPlace } of kinds)
  test(
    `stops in ${name} before anybody is marked, copies on when the list is back, and marks all when that is allowed`,
    () =>
      withSyncedOrg(org, ({ pages, sync }) =>
        withPlace(async (place) => {
          const { sink } = place;
          await sync({ ...full, sink });
          const before = await liveRows(place);
          const none = alteredPages(pages, (outcome, { request }) => (request.action === "okta.user.stream" ? emptied(outcome) : outcome));
          await assert.rejects(sync({ ...full, sink, pages: none }), { code: "too_many_deletions", message: /"users".*--max-deleted/ });
          assert.deepEqual(await liveRows(place), before);
          const { counts, outcome } = await sync({ ...full, sink });
          assert.deepEqual([outcome, counts.users?.marked, await liveRows(place)], ["complete", 0, before]);
          await sync({ ...full, sink, pages: none, options: { maxDeleted: "100%" } });
          assert.deepEqual((await liveRows(place))["users"], {});
        }),
      ),
    { timeoutMs },
  );

test(
  "counts what is missed below objects all together",
  () =>
    withSyncedOrg(org, async ({ pages, place, sync }) => {
      await sync(full);
      const before = Object.keys((await liveRows(place))["group_members"] ?? {}).length;
      const none = alteredPages(pages, (outcome, { request }) =>
        request.action === "okta.group.streamMembers" ? emptied(outcome) : outcome,
      );
      await assert.rejects(sync({ ...full, pages: none }), { code: "too_many_deletions", message: /"group_members"/ });
      const left = Object.keys((await liveRows(place))["group_members"] ?? {}).length;
      assert.ok(before - left <= Math.max(10, before * 0.2), `${before - left} of ${before} were marked`);
      await sync(full);
      assert.equal(Object.keys((await liveRows(place))["group_members"] ?? {}).length, before);
    }),
  { timeoutMs },
);

test(
  "takes no page for rows more when it is read again after an interruption, where the sink counts none",
  () =>
    withSyncedOrg(org, ({ pages, sync }) =>
      ndjsonKind.withPlace(async ({ sink }) => {
        const streams = ["groups", "groupMembers"] as const;
        const listed = 27;
        for (let times = 1; times <= 3; times += 1) {
          let lists = 0;
          const cut = alteredPages(pages, (outcome, { request }) => {
            if (request.action === "okta.group.streamMembers" && (lists += 1) > 2) throw new LongarmError("target_reset");
            return outcome;
          });
          await assert.rejects(sync({ streams, sink, pages: cut }), { code: "target_reset" });
        }
        await sync({ streams, sink });
        // So much more would be missed than may go at once if a page counted each time.
        const { outcome, counts } = await sync({ ...full, streams, sink });
        assert.deepEqual([outcome, counts.groups?.written], ["complete", listed]);
      }),
    ),
  { timeoutMs },
);

test.run();
