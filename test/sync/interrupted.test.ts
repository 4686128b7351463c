/** What becomes of a sync that is killed, cut off, shut out or refused in the midst of it: nothing is lost, and nothing is there twice. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { type Sink, streamNames } from "@longarm/sync";
import { startProcess } from "../support/processes.ts";
import { withSandbox } from "../support/sandbox.ts";
import { ndjsonKind, postgresKind, type SinkKind, type SinkPlace, sqliteKind } from "../support/sinks/places.ts";
import { noPostgres, startPostgres } from "../support/sinks/postgres-server.ts";
import { suite } from "../support/suite.ts";
import { alteredPages } from "../support/sync/altered-pages.ts";
import { liveRows, markedRows } from "../support/sync/live-rows.ts";
import { OrgChanges } from "../support/sync/org-changes.ts";
import type { SyncOrder } from "../support/sync/sync-process.ts";
import { type SyncedOrg, withSyncedOrg } from "../support/sync/synced-org.ts";

const test = suite("an interrupted sync");
const org = { users: 450, statuses: "mixed", indexLagMs: 0 } as const;
const script = join(import.meta.dirname, "../support/sync/sync-process.ts");
const timeoutMs = 120_000;
// Of a whole run, beside whatever else is at work.
const readyMs = 60_000;

/** Has one run carried out by processes that are killed in turn, each as soon as it has committed in another step, and a last one that ends it. */
async function syncKilled(order: Omit<SyncOrder, "epoch">, steps: readonly string[]): Promise<void> {
  for (const [at, step] of [...steps, undefined].entries()) {
    const args = ["--disable-warning=ExperimentalWarning", script, JSON.stringify({ ...order, epoch: at + 1 })];
    const readyLine = step === undefined ? /^ended complete$/ : new RegExp(`^committed in ${step}$`);
    const started = await startProcess({ command: process.execPath, args, readyLine, readyMs });
    if (step === undefined) assert.deepEqual(await started.exited, { code: 0, signal: null }, started.output());
    else started.kill("SIGKILL");
    await started.end();
  }
}

const postgres = await startPostgres();
if (!postgres) test.skip("holds the same in PostgreSQL", noPostgres);
const kinds: readonly SinkKind[] = [sqliteKind, ndjsonKind, ...(postgres ? [postgresKind(postgres)] : [])];

for (const { name, withPlace } of kinds)
  test(
    `that was killed with kill -9 again and again leaves in ${name} what an undisturbed one leaves`,
    () =>
      withSandbox({ ...org, limits: "off" }, async ({ url, token }) => {
        const order = { url, token, pageSize: 10, streams: streamNames, nowMs: Date.now() };
        const compare = (killed: SinkPlace): Promise<void> =>
          withPlace(async (calm) => {
            await syncKilled({ ...order, spec: killed.spec }, ["users", "groups", "apps"]);
            await syncKilled({ ...order, spec: calm.spec }, []);
            assert.deepEqual(await killed.state(), await calm.state());
          });
        await withPlace(compare);
      }),
    { timeoutMs },
  );

test(
  "of an org that changes all the while ends, with the run behind it, where a new copy begins",
  () =>
    withSyncedOrg({ ...org, users: 250 }, async ({ org: from, place, pages, sync }) => {
      const changes = new OrgChanges(from);
      const groups = (await from.call("GET", "/api/v1/groups?limit=200")).body as readonly { id: string; type: string }[];
      const own = groups.filter(({ type }) => type === "OKTA_GROUP").map(({ id }) => id);
      let happened = 0;
      const busy = alteredPages(pages, async (outcome) => {
        const n = (happened += 1);
        const user = await changes.createUser(`busy${n}@example.com`);
        await changes.addMember(own[n % own.length] ?? "", user);
        if (n % 3 === 0 && n % 5 !== 0) await changes.deactivateUser(user);
        if (n % 5 === 0) await changes.deleteUser(user);
        if (n % 4 === 0) await changes.removeMember(own[n % own.length] ?? "", user).catch(() => undefined);
        return outcome;
      });
      await sync({ pages: busy });
      await sync({ pages: busy });
      assert.ok(happened > 60, `only ${happened} changes`);
      await sync();
      await sqliteKind.withPlace(async (fresh) => {
        await sync({ sink: fresh.sink });
        assert.deepEqual(await liveRows(place), await liveRows(fresh));
      });
    }),
  { timeoutMs },
);

/** Runs a sync that is stopped by `stop` at some point, then one that goes on, and compares with one that was not stopped. */
async function comparedWithCalm({ place, sync }: SyncedOrg, stopped: Parameters<SyncedOrg["sync"]>[0], code: string): Promise<void> {
  const nowMs = Date.now();
  await assert.rejects(sync({ ...stopped, nowMs }), { code });
  const { generation } = await sync({ nowMs });
  assert.equal(generation, 1);
  await sqliteKind.withPlace(async (calm) => {
    await sync({ sink: calm.sink, nowMs });
    assert.deepEqual(await place.state(), await calm.state());
  });
}

test(
  "whose sink fails goes on where it was when the sink is back",
  () =>
    withSyncedOrg({ ...org, pageSize: 10 }, async (synced) => {
      let commits = 0;
      const failing: Sink = {
        open: async (writer) => {
          const inner = await synced.place.sink.open(writer);
          return {
            checkpoint: inner.checkpoint,
            close: () => inner.close(),
            countLive: (table) => inner.countLive(table),
            commit: (batch) => {
              commits += 1;
              if (commits === 120) return Promise.reject(new LongarmError("sink_full", "no room", { retryable: true }));
              return inner.commit(batch);
            },
          };
        },
      };
      await comparedWithCalm(synced, { sink: failing }, "sink_full");
    }),
  { timeoutMs },
);

test(
  "whose sink fails tells that, whatever closing it meets",
  () =>
    withSyncedOrg({ ...org, users: 20 }, async ({ place, sync }) => {
      const failing: Sink = {
        open: async (writer) => {
          const inner = await place.sink.open(writer);
          return {
            checkpoint: inner.checkpoint,
            commit: () => Promise.reject(new LongarmError("sink_full", "no room", { retryable: true })),
            countLive: (table) => inner.countLive(table),
            close: () => inner.close().then(() => Promise.reject(new Error("database or disk is full"))),
          };
        },
      };
      await assert.rejects(sync({ sink: failing }), { code: "sink_full", retryable: true });
    }),
  { timeoutMs },
);

test(
  "whose target fails in the midst of a group goes on within that group",
  () =>
    withSyncedOrg({ ...org, users: 900 }, async (synced) => {
      let pages = 0;
      const failing = alteredPages(synced.pages, (outcome, { request, cursor }) => {
        if (request.action === "okta.group.streamMembers" && cursor !== null) pages += 1;
        if (pages === 3) throw new LongarmError("target_error", "a fault", { retryable: true });
        return outcome;
      });
      await comparedWithCalm(synced, { pages: failing }, "target_error");
    }),
  { timeoutMs },
);

test(
  "that is aborted stops, and is gone on with",
  () =>
    withSyncedOrg({ ...org, pageSize: 10 }, async (synced) => {
      const stop = new AbortController();
      const onCommit = ({ run }: { run: { step: { name: string } | null } | null }): void => {
        if (run?.step?.name === "groups") stop.abort(new LongarmError("cancelled"));
      };
      await comparedWithCalm(synced, { signal: stop.signal, onCommit }, "cancelled");
    }),
  { timeoutMs },
);

test(
  "whose streams were changed meanwhile leaves none of what was added uncopied",
  () =>
    withSyncedOrg({ ...org, users: 120, pageSize: 2 }, async (synced) => {
      const { place, sync } = synced;
      let pages = 0;
      const broken = alteredPages(synced.pages, (outcome, { request }) => {
        if (request.action === "okta.group.stream") pages += 1;
        if (pages === 3) throw new LongarmError("target_error", "a fault");
        return outcome;
      });
      await assert.rejects(sync({ pages: broken, streams: ["groups"] }), { code: "target_error" });
      const streams = ["groups", "groupMembers"] as const;
      await sync({ streams });
      await sqliteKind.withPlace(async (calm) => {
        await sync({ sink: calm.sink, streams });
        assert.deepEqual(await liveRows(place), await liveRows(calm));
      });
    }),
  { timeoutMs },
);

test(
  "that lists what has changed does not stand in for a whole sweep that is asked for behind it",
  () =>
    withSyncedOrg({ ...org, users: 60 }, async ({ org: from, pages, place, sync }) => {
      const changes = new OrgChanges(from);
      const user = await changes.createUser("leaver@example.com");
      const streams = ["users", "groups"] as const;
      await sync({ streams });
      await changes.deleteUser(user);
      const broken = alteredPages(pages, (outcome, { request }) => {
        if (request.action === "okta.group.stream") throw new LongarmError("target_error", "a fault");
        return outcome;
      });
      await assert.rejects(sync({ pages: broken, streams }), { code: "target_error" });
      const { mode, counts } = await sync({ streams, mode: "full" });
      assert.deepEqual([mode, counts.users?.marked, Object.keys(await markedRows(place, "users"))], ["full", 1, [user]]);
    }),
  { timeoutMs },
);

test(
  "that was complete when its process died, and had only not said so, is not run once more",
  () =>
    withSyncedOrg({ ...org, users: 60 }, async ({ pages, place, sync }) => {
      const first = await sync({ runId: "run_1" });
      const stands = await place.state();
      const silent = alteredPages(pages, () => assert.fail("nothing is to be read"));
      assert.deepEqual(await sync({ runId: "run_1", pages: silent }), first);
      assert.deepEqual(await place.state(), stands);
      assert.equal((await sync({ runId: "run_2" })).generation, 2);
    }),
  { timeoutMs },
);

test(
  "that another owner has taken over writes nothing more",
  () =>
    withSyncedOrg(org, async ({ place, pages, sync }) => {
      let isTaken = false;
      const taken = alteredPages(pages, async (outcome, { request }) => {
        if (request.action === "okta.group.streamMembers" && !isTaken) {
          isTaken = true;
          await sync({ epoch: 100 });
        }
        return outcome;
      });
      await assert.rejects(sync({ pages: taken, epoch: 1 }), { code: "overtaken" });
      await sqliteKind.withPlace(async (calm) => {
        await sync({ sink: calm.sink });
        assert.deepEqual(await liveRows(place), await liveRows(calm));
      });
    }),
  { timeoutMs },
);

for (const action of ["okta.user.stream", "okta.group.streamMembers"])
  test(
    `begins ${action} again where the target knows the cursor no more that it is to go on from`,
    () =>
      withSyncedOrg({ ...org, users: 900 }, async (synced) => {
        const { pages, place, sync } = synced;
        const nowMs = Date.now();
        let later = 0;
        const breaking = alteredPages(pages, (outcome, { request, cursor }) => {
          if (request.action === action && cursor !== null) later += 1;
          if (later === 2) throw new LongarmError("target_error", "the connection broke");
          return outcome;
        });
        await assert.rejects(sync({ pages: breaking, nowMs }), { code: "target_error" });
        let refused = 0;
        const forgetful = alteredPages(pages, (outcome, { request, cursor, isFirst }) => {
          if (request.action !== action || cursor === null || !isFirst) return outcome;
          refused += 1;
          return { kind: "cursor_refused" };
        });
        await sync({ pages: forgetful, nowMs });
        assert.ok(refused > 0);
        await sqliteKind.withPlace(async (calm) => {
          await sync({ sink: calm.sink, nowMs });
          assert.deepEqual(await place.state(), await calm.state());
        });
      }),
    { timeoutMs },
  );

test.run();
