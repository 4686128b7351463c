/** What every sink does, whatever it writes to. Over 300 lines: every case is one of a table that all sinks go through. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import type { Batch, Change, SinkWriter } from "@longarm/sync";
import { groupId, groupItem, memberOf, rowOf, userId, userItem, usersFrom } from "../support/sinks/items.ts";
import { batchCount, writeNumbered } from "../support/sinks/numbered-batches.ts";
import { ndjsonKind, type SinkKind, type SinkPlace, postgresKind, sqliteKind, webhookKind } from "../support/sinks/places.ts";
import { noPostgres, startPostgres } from "../support/sinks/postgres-server.ts";
import { namedValues } from "../support/sinks/state.ts";
import { startProcess } from "../support/processes.ts";
import type { WriterOrder } from "../support/sinks/writer-process.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const postgres = await startPostgres();
const kinds: readonly SinkKind[] = [sqliteKind, ndjsonKind, webhookKind, ...(postgres ? [postgresKind(postgres)] : [])];

const writerScript = join(import.meta.dirname, "../support/sinks/writer-process.ts");
const sync = "acme-users";
const moment = "2026-05-01T00:00:00.000Z";
const later = "2026-05-02T00:00:00.000Z";

function batch(checkpoint: string, changes: readonly Change[], generation = 1): Batch {
  return { changes, generation, at: generation === 1 ? moment : later, checkpoint };
}

const upsertUsers = (first: number, count: number): Change => ({ kind: "upsert", table: "users", rows: usersFrom(first, count) });
const sweepUsers: Change = { kind: "mark", table: "users", scope: null, at: later, by: "sweep" };

/** Opens the place, and closes it whatever happens. */
async function writing<T>(place: SinkPlace, epoch: number, use: (writer: SinkWriter) => Promise<T>): Promise<T> {
  const writer = await place.sink.open({ sync, epoch });
  try {
    return await use(writer);
  } finally {
    await writer.close();
  }
}

async function usersOf(place: SinkPlace) {
  return Object.entries((await place.state()).tables.users ?? {});
}

/** Has the load written by one process after the other, each killed in the midst of its work, until the last one may end it. */
async function writeKilled(place: SinkPlace, kills: number): Promise<void> {
  for (let epoch = 1; epoch <= kills + 1; epoch += 1) {
    const args = ["--disable-warning=ExperimentalWarning", writerScript, JSON.stringify({ spec: place.spec, writer: { sync, epoch } })];
    const isLast = epoch > kills;
    const started = await startProcess({ command: process.execPath, args, ...(!isLast && { readyLine: /^committed \d+$/ }) });
    if (isLast) assert.deepEqual(await started.exited, { code: 0, signal: null }, started.output());
    else started.kill("SIGKILL");
    await started.end();
  }
}

/** Opens a sink, again and again while somebody holds it. */
function openPatiently({ sink }: SinkPlace, epoch: number): Promise<SinkWriter> {
  return until("the sink can be opened", async () =>
    sink.open({ sync, epoch }).catch((reason: unknown) => {
      if (LongarmError.from(reason).code !== "sink_unavailable") throw reason;
      return undefined;
    }),
  );
}

/** Has a writer freeze within a commit, lets a successor write all the rest, and lets the first one go on. */
async function writeFrozen(place: SinkPlace): Promise<void> {
  const order: WriterOrder = { spec: place.spec, writer: { sync, epoch: 1 }, freezesAt: 5 };
  const args = ["--disable-warning=ExperimentalWarning", writerScript, JSON.stringify(order)];
  const frozen = await startProcess({ command: process.execPath, args, readyLine: /^frozen$/ });
  try {
    const opening = openPatiently(place, 2);
    // Nothing breaks the lock that a living process has on a file: there the successor waits.
    const woken = setTimeout(() => place.spec.kind === "sqlite" && frozen.kill("SIGCONT"), 2_000);
    await (await opening).close();
    clearTimeout(woken);
    await writeNumbered(place.sink, { sync, epoch: 2 });
    frozen.kill("SIGCONT");
    const { code } = await frozen.exited;
    assert.ok(code === 0 || /"?overtaken/.test(frozen.output()), frozen.output());
  } finally {
    await frozen.end();
  }
}

const contract: Readonly<Record<string, (place: SinkPlace) => Promise<void>>> = {
  "keeps typed columns, what no column holds, and the item without its secrets": async (place) => {
    const row = rowOf("users", userItem(1));
    await writing(place, 1, (writer) => writer.commit(batch("1", [{ kind: "upsert", table: "users", rows: [row] }])));
    const [[key, stored] = assert.fail()] = await usersOf(place);
    assert.equal(key, userId(1));
    assert.deepEqual(stored.values, namedValues("users", row));
    assert.deepEqual(stored.extra, { profile: { badge: 1 } });
    assert.deepEqual([(stored.raw as { id: string }).id, stored.generation, stored.at], [userId(1), 1, moment]);
    assert.ok(!JSON.stringify(stored).includes("canary"));
  },

  "keeps null as null in every column, in what is left and in the item": async (place) => {
    const nulls = { id: userId(1), status: null, profile: { login: null, badge: null }, type: null, credentials: null, lastLogin: null };
    const changes: readonly Change[] = [
      { kind: "upsert", table: "users", rows: [rowOf("users", nulls)] },
      { kind: "upsert", table: "user_types", rows: [rowOf("user_types", { id: "oty1", default: null, description: null })] },
      { kind: "upsert", table: "app_groups", rows: [rowOf("app_groups", { id: groupId(1), priority: null }, "0oa1")] },
    ];
    await writing(place, 1, (writer) => writer.commit(batch("1", changes)));
    const { tables } = await place.state();
    const { id, ...others } = tables.users?.[userId(1)]?.values ?? {};
    assert.deepEqual([id, new Set(Object.values(others))], [userId(1), new Set([null])]);
    assert.deepEqual(tables.users?.[userId(1)]?.extra, { profile: { badge: null } });
    assert.deepEqual(tables.user_types?.["oty1"]?.values["is_default"], null);
    assert.deepEqual(tables.app_groups?.[`0oa1 ${groupId(1)}`]?.values["priority"], null);
  },

  "keeps numbers, truths, lists and moments of any zone as what they are": async (place) => {
    const type = { id: "oty1", default: true, created: "2026-01-02T04:04:05.5+01:00" };
    const app = { id: "0oa1", features: ["PUSH", "SSO"], settings: { deep: [{ a: 1.5 }] } };
    const changes: readonly Change[] = [
      { kind: "upsert", table: "user_types", rows: [rowOf("user_types", type)] },
      { kind: "upsert", table: "apps", rows: [rowOf("apps", app)] },
      { kind: "upsert", table: "app_groups", rows: [rowOf("app_groups", { id: groupId(1), priority: 0.5 }, "0oa1")] },
    ];
    await writing(place, 1, (writer) => writer.commit(batch("1", changes)));
    const { tables } = await place.state();
    assert.deepEqual(tables.user_types?.["oty1"]?.values["is_default"], true);
    assert.deepEqual(tables.user_types?.["oty1"]?.values["created"], "2026-01-02T03:04:05.500Z");
    assert.deepEqual(tables.apps?.["0oa1"]?.values["features"], '["PUSH","SSO"]');
    assert.deepEqual(tables.apps?.["0oa1"]?.extra, { settings: { deep: [{ a: 1.5 }] } });
    assert.deepEqual(tables.app_groups?.[`0oa1 ${groupId(1)}`]?.values["priority"], 0.5);
  },

  "counts its live rows if it can, and takes then nothing of a batch that would mark more than it may": async (place) => {
    await writing(place, 1, async (writer) => {
      await writer.commit(batch("1", [upsertUsers(0, 9)]));
      const counts = (await writer.countLive("users")) !== null;
      const much = writer.commit(batch("2", [upsertUsers(0, 5), { ...sweepUsers, most: 3 }], 2));
      if (!counts) return void (await much);
      await assert.rejects(much, { code: "too_many_deletions" });
      assert.equal(await writer.countLive("users"), 9);
      await writer.commit(batch("3", [upsertUsers(0, 5), { ...sweepUsers, most: 4 }], 2));
      assert.equal(await writer.countLive("users"), 5);
    });
    const live = (await usersOf(place)).filter(([, { deletedAt }]) => deletedAt === null);
    assert.deepEqual([live.length, (await writing(place, 2, async ({ checkpoint }) => checkpoint)) !== "1"], [5, true]);
  },

  "leaves of the same batch twice what it leaves once": async (place) => {
    const same = batch("2", [upsertUsers(0, 5), { ...sweepUsers, at: moment }], 2);
    await writing(place, 1, async (writer) => {
      await writer.commit(batch("1", [upsertUsers(0, 9)]));
      await writer.commit(same);
    });
    const once = await place.state();
    await writing(place, 2, (writer) => writer.commit(same));
    assert.deepEqual(await place.state(), once);
  },

  "keeps the last of two rows with one key in a batch": async (place) => {
    const rows = [1, 2, 3].map((n) => rowOf("users", userItem(1, { title: `title ${n}` })));
    await writing(place, 1, (writer) => writer.commit(batch("1", [{ kind: "upsert", table: "users", rows }])));
    assert.deepEqual(
      (await usersOf(place)).map(([, { values }]) => values["title"]),
      ["title 3"],
    );
  },

  "tells the checkpoint of the last commit to whoever opens it next": async (place) => {
    assert.equal(await writing(place, 1, async ({ checkpoint }) => checkpoint), null);
    await writing(place, 2, async (writer) => {
      await writer.commit(batch("first", [upsertUsers(0, 1)]));
      await writer.commit(batch('{"second":true}', []));
    });
    assert.equal(await writing(place, 2, async ({ checkpoint }) => checkpoint), '{"second":true}');
  },

  "takes nothing from a writer that a later one has shut out": async (place) => {
    const old = await place.sink.open({ sync, epoch: 1 });
    await old.commit(batch("1", [upsertUsers(0, 3)]));
    await writing(place, 2, async (successor) => {
      assert.equal(successor.checkpoint, "1");
      await assert.rejects(old.commit(batch("stale", [upsertUsers(100, 3)])), { code: "overtaken", details: { sync, epoch: 1, by: 2 } });
      await successor.commit(batch("2", [upsertUsers(3, 1)]));
    });
    await old.close();
    assert.deepEqual(
      (await usersOf(place)).map(([key]) => key),
      [0, 1, 2, 3].map(userId),
    );
    await assert.rejects(place.sink.open({ sync, epoch: 1 }), { code: "overtaken" });
    assert.equal(await writing(place, 3, async ({ checkpoint }) => checkpoint), "2");
  },

  "refuses a sync other than the one that it holds": async (place) => {
    await writing(place, 1, (writer) => writer.commit(batch("1", [upsertUsers(0, 1)])));
    await assert.rejects(place.sink.open({ sync: "other", epoch: 9 }), { code: "conflict", message: /holds the sync "acme-users"/ });
  },

  "marks what a full sweep did not see, and erases nothing": async (place) => {
    await writing(place, 1, async (writer) => {
      await writer.commit(batch("1", [upsertUsers(0, 4)]));
      const { marked } = await writer.commit(batch("2", [upsertUsers(0, 2), sweepUsers], 2));
      assert.deepEqual(marked ?? { users: 2 }, { users: 2 });
      const again = await writer.commit(batch("3", [sweepUsers], 2));
      assert.deepEqual(again.marked ?? { users: 0 }, { users: 0 });
    });
    const marks = (await usersOf(place)).map(([, { deletedAt, deletedBy }]) => [deletedAt, deletedBy]);
    assert.deepEqual(marks, [
      [null, null],
      [null, null],
      [later, "sweep"],
      [later, "sweep"],
    ]);
  },

  "marks only in the scope that is named": async (place) => {
    const members = (...pairs: readonly (readonly [number, number])[]): Change => ({
      kind: "upsert",
      table: "group_members",
      rows: pairs.map(([group, user]) => memberOf(group, user)),
    });
    const mark = (column: string, values: readonly string[], by: "sweep" | "log"): Change => ({
      ...{ kind: "mark", table: "group_members", at: later, by },
      scope: { column, values },
    });
    await writing(place, 1, async (writer) => {
      await writer.commit(batch("1", [members([1, 1], [1, 2], [2, 1], [2, 2], [3, 3])]));
      await writer.commit(batch("2", [members([1, 1]), mark("group_id", [groupId(1)], "sweep"), mark("user_id", [userId(3)], "log")], 2));
    });
    const { group_members: rows = {} } = (await place.state()).tables;
    assert.deepEqual(
      Object.values(rows).map(({ deletedBy }) => deletedBy),
      [null, "sweep", null, null, "log"],
    );
  },

  "takes a mark off a row that is there again": async (place) => {
    await writing(place, 1, async (writer) => {
      await writer.commit(batch("1", [upsertUsers(0, 1)]));
      await writer.commit(batch("2", [sweepUsers], 2));
      await writer.commit(batch("3", [upsertUsers(0, 1)], 3));
    });
    const [[, stored] = assert.fail()] = await usersOf(place);
    assert.deepEqual([stored.deletedAt, stored.deletedBy, stored.generation], [null, null, 3]);
  },

  "keeps what is no row as a fault, and writes the others": async (place) => {
    const fault = { table: "users", key: null, problem: "has no id that is a text", item: '{"id":7}' } as const;
    await writing(place, 1, async (writer) => {
      const report = await writer.commit(batch("1", [upsertUsers(0, 2), { kind: "faults", faults: [fault] }, upsertUsers(2, 2)]));
      assert.deepEqual([report.written, report.faults], [4, []]);
      await writer.commit(batch("1", [{ kind: "faults", faults: [fault] }]));
    });
    assert.deepEqual([(await usersOf(place)).length, (await place.state()).faults], [4, [fault]]);
  },

  "keeps fields that came or went in the org": async (place) => {
    const { login: _gone, ...rest } = userItem(1)["profile"] as Record<string, unknown>;
    const changed = { ...userItem(1), profile: { ...rest, shoeSize: 42, title: ["no text"] }, brandNew: { deep: true } };
    await writing(place, 1, async (writer) => {
      await writer.commit(batch("1", [upsertUsers(1, 1)]));
      await writer.commit(batch("2", [{ kind: "upsert", table: "users", rows: [rowOf("users", changed)] }]));
    });
    const [[, stored] = assert.fail()] = await usersOf(place);
    assert.deepEqual([stored.values["login"], stored.values["title"]], [null, null]);
    assert.deepEqual(stored.extra, { brandNew: { deep: true }, profile: { badge: 1, shoeSize: 42 }, "profile.title": ["no text"] });
  },

  "holds tables whose names are words of SQL, and values that look like it": async (place) => {
    const named = { ...groupItem(1), profile: { name: `'; DROP TABLE users; --`, description: '"\\\n\t' } };
    await writing(place, 1, (writer) => writer.commit(batch("1", [{ kind: "upsert", table: "groups", rows: [rowOf("groups", named)] }])));
    const { groups = {} } = (await place.state()).tables;
    assert.deepEqual(groups[groupId(1)]?.values["name"], named.profile.name);
    assert.deepEqual(groups[groupId(1)]?.values["description"], named.profile.description);
  },
};

for (const { name, withPlace } of kinds) {
  const test = suite(name);
  for (const [title, check] of Object.entries(contract)) test(title, () => withPlace(check), { timeoutMs: 60_000 });

  const title = "holds the same after its writers were killed as after undisturbed work, checkpoint included";
  const compareWithCalm = (killed: SinkPlace): Promise<void> =>
    withPlace(async (calm) => {
      await writeKilled(killed, 2);
      await writeNumbered(calm.sink, { sync, epoch: 1 });
      assert.deepEqual(await killed.state(), await calm.state());
      assert.equal(await writing(killed, 99, async ({ checkpoint }) => checkpoint), String(batchCount));
    });
  test(title, () => withPlace(compareWithCalm), { timeoutMs: 60_000 });

  const frozenTitle = "holds the same after a writer was frozen in the midst of its work and came back behind its successor";
  const compareFrozen = (frozen: SinkPlace): Promise<void> =>
    withPlace(async (calm) => {
      await writeFrozen(frozen);
      await writeNumbered(calm.sink, { sync, epoch: 1 });
      assert.deepEqual(await frozen.state(), await calm.state());
    });
  test(frozenTitle, () => withPlace(compareFrozen), { timeoutMs: 60_000 });

  test.run();
}

if (!postgres) {
  const test = suite("a PostgreSQL sink");
  test.skip("is as the other sinks are", noPostgres);
  test.run();
}
