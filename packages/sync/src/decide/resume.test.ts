import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { emptyCheckpoint, pageBegun, runBegun, runOf, stepBegun, stepDone } from "./checkpoint.ts";
import { canGoOn, runAbandoned } from "./resume.ts";

const test = suite("a sync's run that was cut off");
const begun = {
  mode: "incremental",
  startedMs: 5,
  streams: ["users", "groups"],
  overlapMs: 300_000,
  live: {},
  readsLog: true,
  narrowsGroups: true,
} as const;
const run = runBegun({ ...emptyCheckpoint, watermarks: { apps: 1, appUsers: 1, users: 1 } }, begun);
const plan = { streams: ["groups", "users"], mode: "incremental" } as const;

test("is gone on with by a run that copies the same, and by no other", () => {
  assert.ok(canGoOn(runOf(run), plan));
  assert.ok(!canGoOn(runOf(run), { ...plan, streams: ["users", "groups", "groupMembers"] }));
  assert.ok(!canGoOn(runOf(run), { ...plan, streams: ["users"] }));
  assert.ok(!canGoOn(runOf(run), { ...plan, options: { overlapMs: 900_000 } }));
});

test("is not taken for a whole sweep where one is asked for, but serves whoever wants less than it lists", () => {
  assert.ok(!canGoOn(runOf(run), { ...plan, mode: "full" }));
  assert.ok(canGoOn({ ...runOf(run), mode: "full" }, plan));
});

test("leaves behind what its steps completed, and no trust in what only it was told of access", () => {
  const inLog = pageBegun(stepBegun(run, "logs"), { cursor: "l1", atMs: 9 });
  assert.deepEqual(runAbandoned(inLog).watermarks, { apps: 1, appUsers: 1, users: 1 });
  assert.deepEqual(runAbandoned(stepDone(inLog, ["logs"])).watermarks, { users: 1, logs: 9 });
  const withApps = stepDone(stepBegun(stepDone(inLog, ["logs"]), "apps"), []);
  assert.deepEqual([runAbandoned(withApps).watermarks, runAbandoned(withApps).run], [{ apps: 1, appUsers: 1, users: 1, logs: 9 }, null]);
});

test.run();
