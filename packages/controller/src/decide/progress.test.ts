import assert from "node:assert/strict";
import type { LogEntry } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { paceOf, waitedMs } from "./progress.ts";

const test = suite("how far a run has come");

const parked = (reason: string): LogEntry => ({ kind: "parked", reason, sentence: "", sinceMs: 0, untilMs: null, ordinal: 0, stage: 0 });
const at = (timeMs: number, ...entries: LogEntry[]) => ({ timeMs, entries });

test("is told with its pace and its end, where it is known how many there will be", () => {
  const base = { startedAtMs: 1_000, endedAtMs: null, nowMs: 11_000, records: [] };
  assert.deepEqual(paceOf({ pages: 5, items: 1_000 }, { ...base, expectedItems: 5_000 }), {
    ...{ pages: 5, items: 1_000, itemsPerSecond: 100, budgetWaitMs: 0, expectedItems: 5_000, endsInMs: 40_000 },
  });
  assert.equal(paceOf({ pages: 5, items: 1_000 }, { ...base, expectedItems: null }).endsInMs, null);
});

test("has no pace in its first second, and no end before it once it has ended or has more than was expected", () => {
  const base = { startedAtMs: 1_000, endedAtMs: null, nowMs: 1_900, records: [], expectedItems: 100 };
  const early = paceOf({ pages: 1, items: 50 }, base);
  assert.deepEqual([early.itemsPerSecond, early.endsInMs], [null, null]);
  assert.equal(paceOf({ pages: 1, items: 150 }, { ...base, nowMs: 9_000 }).endsInMs, null);
  const ended = paceOf({ pages: 1, items: 50 }, { ...base, endedAtMs: 3_000, nowMs: 99_000 });
  assert.deepEqual([ended.itemsPerSecond, ended.endsInMs], [25, null]);
});

test("tells how long it has waited for the budget: each such wait, and the one that still lasts", () => {
  const records = [at(100, parked("budget")), at(400, { kind: "resumed" }), at(500, parked("retry")), at(900, parked("budget"))];
  assert.equal(waitedMs("budget", records, 1_000), 400);
  assert.equal(waitedMs("budget", [...records, at(950, { kind: "resumed" })], 9_000), 350);
});

test.run();
