import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { nextCommit, type CommitLoad, type NextCommit } from "./commit-rule.ts";

const test = suite("the rule of the group commit");
const limits = { batchFrom: 16, batchMost: 100, batchesAtOnce: 2, singlesAtOnce: 4 };

const cases: readonly (readonly [title: string, load: CommitLoad, next: NextCommit])[] = [
  ["does nothing when nothing waits", { waiting: 0, singles: 0, batches: 0 }, { kind: "wait" }],
  ["publishes a lone message at once", { waiting: 1, singles: 0, batches: 0 }, { kind: "single" }],
  ["publishes a few beside each other", { waiting: 3, singles: 3, batches: 0 }, { kind: "single" }],
  ["lets the next few gather while as many as may are on their way", { waiting: 3, singles: 4, batches: 0 }, { kind: "wait" }],
  ["lets a few gather while a batch is on its way", { waiting: 3, singles: 0, batches: 1 }, { kind: "wait" }],
  ["puts as many as pay into one batch", { waiting: 16, singles: 0, batches: 0 }, { kind: "batch", count: 16 }],
  ["does not wait for singles before a batch", { waiting: 40, singles: 4, batches: 0 }, { kind: "batch", count: 40 }],
  ["sends a batch beside another one", { waiting: 40, singles: 0, batches: 1 }, { kind: "batch", count: 40 }],
  ["lets many gather while as many batches as may are on their way", { waiting: 400, singles: 0, batches: 2 }, { kind: "wait" }],
  ["keeps a batch to its most", { waiting: 400, singles: 0, batches: 0 }, { kind: "batch", count: 100 }],
];

for (const [title, load, next] of cases) test(title, () => assert.deepEqual(nextCommit(load, limits), next));

test("never waits when nothing is on its way, so that nothing waits for ever", () => {
  for (let waiting = 1; waiting < 300; waiting += 1) {
    assert.notEqual(nextCommit({ waiting, singles: 0, batches: 0 }, limits).kind, "wait", `${waiting} waiting`);
  }
});

test.run();
