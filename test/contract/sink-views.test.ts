/** What is asked most of a synced org, in SQL: the same answers from every database. */
import assert from "node:assert/strict";
import type { Change, Row, TableName } from "@longarm/sync";
import { groupId, groupItem, memberOf, rowOf, userId, userItem } from "../support/sinks/items.ts";
import { postgresKind, type SinkKind, sqliteKind, type SqlPlace } from "../support/sinks/places.ts";
import { noPostgres, startPostgres } from "../support/sinks/postgres-server.ts";
import { suite } from "../support/suite.ts";

const [first, second] = ["2026-05-01T00:00:00.000Z", "2026-05-02T00:00:00.000Z"];

const upsert = (table: TableName, ...rows: readonly Row[]): Change => ({ kind: "upsert", table, rows });

function login(n: number, published: string, result: string): Row {
  const event = {
    uuid: `log-${n}-${published}`,
    published,
    eventType: "user.session.start",
    actor: { id: userId(n) },
    outcome: { result },
  };
  return rowOf("logs", event);
}

/** An org of three users and two groups, one of which grants an application. Then user 3, group 2 and a membership go. */
const fillings: readonly (readonly Change[])[] = [
  [
    upsert("users", ...[1, 2, 3].map((n) => rowOf("users", userItem(n)))),
    upsert("groups", rowOf("groups", groupItem(1)), rowOf("groups", groupItem(2))),
    upsert("group_members", memberOf(1, 1), memberOf(1, 2), memberOf(1, 3), memberOf(2, 1)),
    upsert("apps", rowOf("apps", { id: "0oa1", label: "Payroll", status: "ACTIVE" })),
    upsert("app_groups", rowOf("app_groups", { id: groupId(1) }, "0oa1"), rowOf("app_groups", { id: groupId(2) }, "0oa1")),
    upsert(
      "app_users",
      ...[1, 2, 3].map((n) => rowOf("app_users", { id: userId(n), scope: n === 2 ? "USER" : "GROUP", status: "ACTIVE" }, "0oa1")),
    ),
    upsert("logs", login(1, "2026-04-01T00:00:00.000Z", "SUCCESS"), login(1, "2026-04-02T00:00:00.000Z", "FAILURE")),
    upsert("logs", login(3, "2026-01-01T00:00:00.000Z", "SUCCESS"), login(2, "2026-02-01T00:00:00.000Z", "SUCCESS")),
  ],
  [
    { kind: "mark", table: "users", scope: { column: "id", values: [userId(3)] }, at: second, by: "log" },
    { kind: "mark", table: "groups", scope: { column: "id", values: [groupId(2)] }, at: second, by: "sweep" },
    { kind: "mark", table: "group_members", scope: { column: "user_id", values: [userId(2)] }, at: second, by: "sweep" },
  ],
];

async function fill(place: SqlPlace, runs: number): Promise<void> {
  const writer = await place.sink.open({ sync: "acme", epoch: 1 });
  for (const [at, changes] of fillings.slice(0, runs).entries())
    await writer.commit({ changes, generation: at + 1, at: at === 0 ? first : second, checkpoint: String(at) });
  await writer.close();
}

const plainMoment = (value: unknown): unknown => (value === null ? null : new Date(value as string).toISOString());

const answers: Readonly<Record<string, (place: SqlPlace) => Promise<void>>> = {
  "tell who is in which group, without what is gone": async (place) => {
    const pairs = async () => (await place.query("SELECT * FROM memberships ORDER BY group_id, user_id")).map((row) => row);
    await fill(place, 1);
    assert.deepEqual(
      (await pairs()).map(({ group_name: group, login: name }) => [group, name]),
      [1, 2, 3].map((n) => ["Group 1", `user${n}@example.com`]).concat([["Group 2", "user1@example.com"]]),
    );
    await fill(place, 2);
    assert.deepEqual(await pairs(), [
      {
        ...{ group_id: groupId(1), group_name: "Group 1", group_type: "OKTA_GROUP" },
        ...{ user_id: userId(1), login: "user1@example.com", user_status: "ACTIVE" },
      },
    ]);
  },

  "tell the last login from the log where that is newer than the user's own row": async (place) => {
    await fill(place, 1);
    const rows = await place.query("SELECT user_id, last_login FROM last_login ORDER BY user_id");
    assert.deepEqual(
      rows.map((row) => plainMoment(row["last_login"])),
      ["2026-04-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z", "2026-03-04T05:06:07.000Z"],
    );
  },

  "tell who has which application, and through which groups": async (place) => {
    const access = async () =>
      (await place.query("SELECT * FROM app_access ORDER BY user_id")).map((row) => [row["login"], row["scope"], row["through_groups"]]);
    await fill(place, 1);
    assert.deepEqual(await access(), [
      ["user1@example.com", "GROUP", "Group 1, Group 2"],
      ["user2@example.com", "USER", "Group 1"],
      ["user3@example.com", "GROUP", "Group 1"],
    ]);
    await fill(place, 2);
    assert.deepEqual(await access(), [
      ["user1@example.com", "GROUP", "Group 1"],
      ["user2@example.com", "USER", null],
    ]);
  },
};

const postgres = await startPostgres();
const kinds: readonly SinkKind<SqlPlace>[] = [sqliteKind, ...(postgres ? [postgresKind(postgres)] : [])];

for (const { name, withPlace } of kinds) {
  const test = suite(`the views of ${name}`);
  for (const [title, check] of Object.entries(answers)) test(title, () => withPlace(check));
  test.run();
}

if (!postgres) {
  const test = suite("the views of a PostgreSQL sink");
  test.skip("answer as the others do", noPostgres);
  test.run();
}
