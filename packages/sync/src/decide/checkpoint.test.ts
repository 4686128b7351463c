import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import {
  childDone,
  childPaged,
  counted,
  emptyCheckpoint,
  fieldsSeen,
  groupsChanged,
  logPageRead,
  pageAgain,
  pageBegun,
  readCheckpoint,
  runBegun,
  runDone,
  runOf,
  stepBegun,
  stepDone,
  stepRestarted,
  stepSkipped,
} from "./checkpoint.ts";
import { listedOf } from "./listed-rows.ts";

const test = suite("a sync's checkpoint");
const begun = { mode: "full", startedMs: 5, streams: ["groups"], overlapMs: 0, live: {}, readsLog: true, narrowsGroups: true } as const;
const run = runBegun(emptyCheckpoint, begun);
const error = { code: "permission_missing", message: "no scope", retryable: false } as const;

test("counts the runs, and moves a watermark only when its step is complete", () => {
  const paged = pageBegun(stepBegun(run, "groups"), { cursor: null, atMs: 100 });
  const later = pageBegun(paged, { cursor: "c2", atMs: 200 });
  assert.deepEqual([later.generation, later.watermarks, runOf(later).step?.cursor], [1, {}, "c2"]);
  const done = stepDone(later, ["groups", "groupMembers"]);
  assert.deepEqual([done.watermarks, runOf(done).step, runOf(done).finished], [{ groups: 100, groupMembers: 100 }, null, ["groups"]]);
  assert.deepEqual(runDone(done, null), { ...emptyCheckpoint, generation: 1, watermarks: done.watermarks, lastFullMs: 5 });
});

test("knows which fan-outs of the page are begun and which complete, and forgets them with the page", () => {
  const page = pageBegun(stepBegun(run, "groups"), { cursor: null, atMs: 1 });
  const open = childPaged(childPaged(page, "a", "1"), "b", "2");
  const done = childDone(childPaged(open, "a", "3"), "a");
  assert.deepEqual([runOf(done).step?.open, runOf(done).step?.done], [{ b: "2" }, ["a"]]);
  const next = runOf(pageBegun(done, { cursor: "c2", atMs: 9 })).step;
  assert.deepEqual([next?.open, next?.done], [{}, []]);
});

test("counts the rows of a page once, however often it is read again, and none of a step that begins again", () => {
  const first = pageBegun(stepBegun(run, "groups"), { cursor: null, atMs: 1, rows: 5 });
  const again = pageAgain(pageAgain(counted(first, "groups", { written: 5 }), 5), 4);
  const second = pageBegun(again, { cursor: "c2", atMs: 9, rows: 3 });
  assert.deepEqual([listedOf(again, "groups"), listedOf(second, "groups"), listedOf(stepRestarted(second), "groups")], [4, 7, 0]);
});

test("goes on in the log from the last event that was read, and trusts what it tells of access only without a gap", () => {
  const first = logPageRead(stepBegun(run, "logs"), { cursor: "l1", atMs: 7, changedApps: ["0oa1"], gone: ["00u1"] });
  assert.deepEqual([runOf(first).changedApps, stepDone(first, ["logs"]).logCursor], [null, "l1"]);
  const second = stepBegun(runBegun(runDone(stepDone(first, ["logs"]), null), begun), "logs");
  const read = logPageRead(logPageRead(second, { cursor: "l2", atMs: 9, changedApps: ["0oa1", "0oa2"], gone: ["00u2"] }), {
    cursor: null,
    atMs: 9,
    changedApps: [],
    gone: [],
  });
  assert.deepEqual([runOf(second).step?.cursor, runOf(read).changedApps, runOf(read).step?.cursor], ["l1", ["0oa1", "0oa2"], "l2"]);
  const restarted = stepRestarted(read);
  assert.deepEqual([runOf(restarted).changedApps, runOf(restarted).step?.cursor, restarted.logCursor], [null, null, null]);
  assert.equal(runOf(runBegun(runDone(stepDone(first, ["logs"]), null), { ...begun, readsLog: false })).changedApps, null);
});

test("takes anything for changed when what changed is more than it may hold", () => {
  const many = Array.from({ length: 2_001 }, (_, n) => `00g${n}`);
  assert.equal(runOf(groupsChanged(run, many.slice(1))).changedGroups?.length, 2_000);
  assert.equal(runOf(groupsChanged(run, many)).changedGroups, null);
});

test("of a run that left out a step is not that of a sweep, and makes the next one look at applications as a whole", () => {
  const before = { ...run, watermarks: { users: 1, apps: 1, appUsers: 1, appGroups: 1 } };
  const skipped = stepSkipped(stepBegun(before, "apps"), { step: "apps", error });
  assert.deepEqual(skipped.watermarks, { users: 1 });
  assert.deepEqual([runOf(skipped).finished, runOf(skipped).skipped], [["apps"], [{ step: "apps", error }]]);
  assert.equal(runDone(skipped, null).lastFullMs, null);
  assert.deepEqual(runOf(stepSkipped(stepBegun(run, "groups"), { step: "groups", error })).changedGroups, null);
});

test("adds up what was done to each table", () => {
  const twice = counted(counted(run, "users", { written: 2, faults: 1 }), "users", { written: 3, marked: 4 });
  assert.deepEqual(runOf(twice).counts, { users: { written: 5, marked: 4, faults: 1 } });
});

test("tells new fields of a table that was filled before, and holds a thousand at most", () => {
  const first = fieldsSeen(run, "users", new Set(["a"]));
  assert.deepEqual([first.fields, runOf(first).newFields], [{ users: ["a"] }, {}]);
  const next = fieldsSeen({ ...first, watermarks: { users: 1 } }, "users", new Set(["a", "b"]));
  assert.deepEqual([next.fields, runOf(next).newFields], [{ users: ["a", "b"] }, { users: ["b"] }]);
  const many = new Set(Array.from({ length: 5_000 }, (_, n) => `f${n}`));
  assert.equal(fieldsSeen(next, "users", many).fields.users?.length, 1_000);
});

test("of another version is not read", () => {
  assert.deepEqual(readCheckpoint(null), emptyCheckpoint);
  assert.deepEqual(readCheckpoint(JSON.stringify(run)), run);
  assert.throws(() => readCheckpoint('{"version":2}'), { code: "invalid_state" });
});

test.run();
