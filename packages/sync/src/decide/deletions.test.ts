import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { type Checkpoint, counted, emptyCheckpoint, pageBegun, runBegun, runOf, stepBegun } from "./checkpoint.ts";
import { swept } from "./listed-rows.ts";
import { allowedOf, roomFor, sweepRefused } from "./deletions.ts";

const test = suite("how much a sync may mark as deleted");
const begun = {
  mode: "full",
  startedMs: 5,
  streams: ["users"],
  overlapMs: 0,
  live: { users: 1_000 },
  readsLog: false,
  narrowsGroups: false,
} as const;
const run = runBegun(emptyCheckpoint, begun);
const users = { table: "users", isWhole: true } as const;

test("is a number, or a share of what is there and ten at least, or everything", () => {
  assert.deepEqual(
    ([5, "20%", "0.5%", "100%"] as const).map((most) => allowedOf(most, 1_000)),
    [5, 200, 10, Number.POSITIVE_INFINITY],
  );
  assert.deepEqual([allowedOf("20%", null), allowedOf(5, null), allowedOf("100%", null)], [null, 5, Number.POSITIVE_INFINITY]);
});

test("grows smaller with each sweep of the run", () => {
  const once = swept(run, { table: "users", scope: {}, listed: 0 }, { users: 150 });
  assert.deepEqual(
    [run, once, swept(once, { table: "users", scope: {}, listed: 0 }, { users: 60 })].map((checkpoint) =>
      roomFor(users, { checkpoint, most: "20%" }),
    ),
    [200, 50, 0],
  );
  assert.equal(roomFor(users, { checkpoint: once, most: "100%" }), null);
});

test("is judged by the listing before where a sink cannot count its rows", () => {
  const listing = (before: Checkpoint, written: number) => counted(runBegun(before, { ...begun, live: {} }), "users", { written });
  const first = listing(emptyCheckpoint, 1_000);
  assert.equal(roomFor(users, { checkpoint: first, most: "20%" }), null);
  const known = swept(first, { table: "users", scope: null, listed: 1_000 }, null);
  assert.equal(roomFor(users, { checkpoint: listing(known, 800), most: "20%" }), null);
  assert.throws(() => roomFor(users, { checkpoint: listing(known, 799), most: "20%" }), {
    code: "too_many_deletions",
    message: /200 \(20%\) of the 1000/,
  });
  assert.equal(roomFor({ ...users, isWhole: false }, { checkpoint: listing(known, 0), most: "20%" }), null);
});

test("is counted anew when the step is, whose listing was not to be believed", () => {
  const step = pageBegun(stepBegun(swept(run, { table: "users", scope: {}, listed: 0 }, { users: 9 }), "users"), { cursor: "c9", atMs: 7 });
  const { swept: counts, step: restarted, counts: told } = runOf(sweepRefused(counted(step, "users", { written: 90 }), "users"));
  assert.deepEqual([counts, restarted?.cursor, restarted?.watermarkMs, told.users?.written], [{}, null, 7, 0]);
});

test.run();
