import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { type Checkpoint, emptyCheckpoint, runBegun, runOf } from "./checkpoint.ts";
import { logSinceMs, modeOfRun, needsListing, type Parent, stepsOf, streamsOf } from "./plan.ts";
import { aroundUsers, childrenOf, streamNames } from "./streams.ts";

const test = suite("the plan of a sync's run");
const plan = { streams: streamNames, mode: "incremental" } as const;
const begun = { streams: streamNames, overlapMs: 300_000, live: {} };
const dayMs = 86_400_000;
const watermarks: Checkpoint["watermarks"] = Object.fromEntries(streamNames.map((stream) => [stream, 10 * dayMs]));
const filled = { ...emptyCheckpoint, watermarks, lastFullMs: 9 * dayMs, logCursor: "c" };

test("lists everything the first time, when it is told to, and when the last sweep is a week old", () => {
  assert.equal(modeOfRun(plan, emptyCheckpoint, 0), "full");
  assert.equal(modeOfRun({ ...plan, mode: "full" }, filled, 10 * dayMs), "full");
  assert.equal(modeOfRun(plan, filled, 16 * dayMs - 1), "incremental");
  assert.equal(modeOfRun(plan, filled, 16 * dayMs), "full");
  assert.equal(modeOfRun({ ...plan, options: { fullEveryMs: null } }, filled, 999 * dayMs), "incremental");
});

test("reads the log before anything that a later look could contradict", () => {
  assert.deepEqual(
    stepsOf(plan, "full", filled).map(({ name }) => name),
    ["logs", "userTypes", "users", "groups", "apps", "eventHooks"],
  );
});

test("narrows users and groups to what changed since their watermark and a little before, and lists the rest whole", () => {
  const steps = stepsOf({ ...plan, options: { overlapMs: 1_000 } }, "incremental", filled);
  assert.deepEqual(
    steps.map(({ name, isNarrowed, sweeps, sinceMs }) => [name, isNarrowed, sweeps, sinceMs]),
    [
      ["logs", false, false, 10 * dayMs - 1_000],
      ["userTypes", false, true, 10 * dayMs - 1_000],
      ["users", true, false, 10 * dayMs - 1_000],
      ["groups", true, false, 10 * dayMs - 1_000],
      ["apps", false, true, 10 * dayMs - 1_000],
      ["eventHooks", false, true, 10 * dayMs - 1_000],
    ],
  );
});

test("begins from the oldest watermark of what a step fills, and whole where one has none", () => {
  const older = { watermarks: { ...watermarks, groupMembers: 8 * dayMs } };
  const groups = (of: Pick<Checkpoint, "watermarks">) => stepsOf(plan, "incremental", of).find(({ name }) => name === "groups");
  assert.equal(groups(older)?.sinceMs, 8 * dayMs - 300_000);
  const { groupMembers: _none, ...others } = watermarks;
  assert.deepEqual([groups({ watermarks: others })?.sinceMs], [null]);
});

test("walks through objects that it does not store for what is listed under them", () => {
  const [step, ...more] = stepsOf({ ...plan, streams: ["appUsers"] }, "full", emptyCheckpoint);
  assert.deepEqual([step?.name, step?.stores, step && streamsOf(step), more], ["apps", null, ["appUsers"], []]);
});

test("reads the log from a week before the first run, from a given moment, or from its watermark", () => {
  const first = runBegun(emptyCheckpoint, { ...begun, mode: "full", startedMs: 30 * dayMs, readsLog: true, narrowsGroups: false });
  assert.equal(logSinceMs(plan, first), 23 * dayMs);
  assert.equal(logSinceMs({ ...plan, options: { logsSinceMs: 5 } }, first), 5);
  assert.equal(logSinceMs({ ...plan, options: { logsSinceMs: 5 } }, filled), 10 * dayMs - 300_000);
});

const [appGroups, appUsers] = childrenOf.apps ?? [];
const parent: Parent = { id: "0oa1", changedMs: 0, movedMs: 0, groups: new Set(["00g1"]) };

test("lists the users of an application again only where the log, its own date or a group that grants it says that they changed", () => {
  const apps = stepsOf(plan, "incremental", filled).find(({ name }) => name === "apps");
  assert.ok(apps && appUsers && appGroups);
  const run = runOf(runBegun(filled, { ...begun, mode: "incremental", startedMs: 0, readsLog: true, narrowsGroups: true }));
  const asks = (change: Partial<typeof run>, of: Partial<Parent> = {}) =>
    needsListing(apps, appUsers, { parent: { ...parent, ...of }, run: { ...run, ...change } });
  assert.deepEqual(
    [asks({}), asks({ changedApps: ["0oa1"] }), asks({ changedGroups: ["00g1"] }), asks({ changedGroups: ["00g2"] })],
    [false, true, true, false],
  );
  assert.deepEqual([asks({ changedApps: null }), asks({ changedGroups: null })], [true, true]);
  assert.deepEqual([asks({}, { groups: null }), asks({}, { changedMs: null }), asks({}, { changedMs: 10 * dayMs })], [true, true, true]);
  assert.equal(needsListing(apps, appGroups, { parent, run }), true);
});

test("looks around a user who is new or changed status since, and around no other", () => {
  const users = stepsOf(plan, "incremental", filled).find(({ name }) => name === "users");
  const [around] = users?.around ?? [];
  assert.ok(users && around);
  const run = runOf(runBegun(filled, { ...begun, mode: "incremental", startedMs: 0, readsLog: true, narrowsGroups: true }));
  const asks = (movedMs: number | null) => needsListing(users, around, { parent: { ...parent, movedMs }, run });
  assert.deepEqual([asks(9 * dayMs), asks(10 * dayMs), asks(null)], [false, true, true]);
  assert.deepEqual(stepsOf(plan, "full", filled).find(({ name }) => name === "users")?.around, []);
  assert.equal(users.around.length, aroundUsers.length);
});

test.run();
