import assert from "node:assert/strict";
import { suite } from "../../../support/suite.ts";
import type { InflictedFault } from "../../faults/inflict.ts";
import type { SyncRun } from "../sync-runs.ts";
import { judgeRuns, takeoversOf } from "./judge-runs.ts";
import { struckOf } from "./struck.ts";

const test = suite("the runs of a sync under faults");

const claim = (time: number, controllerId: string) => ({
  ...{ sequence: 1, epoch: 1, kind: "claimed", time: new Date(time).toISOString() },
  facts: { controllerId },
});
const report = { outcome: "complete", mode: "full", counts: {}, skipped: [], newFields: {}, unswept: [] } as const;
const good: SyncRun = {
  ...{ id: "run_1", action: "sync.people", mode: "full", status: "succeeded", error: null, fromMs: 100, toMs: 200 },
  output: { ...report, generation: 1 },
  log: [claim(100, "ctl_1"), claim(150, "ctl_2")],
};
const failed: SyncRun = { ...good, status: "failed", output: null, error: { code: "target_reset", message: "gone" } };
const fault: InflictedFault = {
  ...{
    id: 1,
    kind: "orgLink.reset",
    target: "site link",
    atMs: 0,
    forMs: 10,
    amount: 1,
    fromMs: 150,
    untilMs: 160,
    met: null,
    trouble: null,
  },
};
const reading = { pages: 1, repeated: 0, begunAgain: [] };
const sortsOf = (runs: readonly SyncRun[], faults: readonly InflictedFault[] = []) =>
  judgeRuns(
    runs.map((run) => ({ run, reading })),
    faults,
  ).map(({ sort }) => sort);

test("are well where they succeed, or fail of a fault and are gone on with", () => {
  assert.deepEqual(sortsOf([good, { ...good, output: { ...report, generation: 2 } }]), []);
  assert.deepEqual(sortsOf([failed, good], [fault]), []);
});

test("are not where one fails of nothing that was inflicted, or does not end", () => {
  assert.deepEqual(sortsOf([failed]), ["unfounded"]);
  assert.deepEqual(sortsOf([{ ...failed, error: { code: "internal", message: "a bug" } }], [fault]), ["unfounded"]);
  assert.deepEqual(sortsOf([{ ...good, status: "running" }]), ["stuck"]);
});

test("are not where one leaves something out, or begins what another had begun", () => {
  assert.deepEqual(sortsOf([{ ...good, output: { ...report, generation: 1, outcome: "incomplete" } }]), ["incomplete"]);
  assert.deepEqual(sortsOf([failed, { ...good, output: { ...report, generation: 2 } }], [fault]), ["anew"]);
  const again = [{ run: good, reading: { ...reading, begunAgain: ["/api/v1/users"] } }];
  assert.deepEqual(
    judgeRuns(again, []).map(({ sort }) => sort),
    ["anew"],
  );
});

test("are told with how often they were taken over, and what struck them", () => {
  const kill = { ...fault, kind: "controller.kill", target: "controller-2" } as const;
  const controllers = new Map([
    ["ctl_1", "controller-1"],
    ["ctl_2", "controller-2"],
  ]);
  const struck = struckOf(
    [fault, { ...kill, fromMs: 160, untilMs: 300 }, { ...kill, fromMs: 120 }, { ...kill, fromMs: 400 }],
    [good],
    controllers,
  );
  assert.equal(takeoversOf(good), 1);
  assert.deepEqual(struck, {
    "orgLink.reset": { times: 1, whileRunning: 1, carrier: 0 },
    "controller.kill": { times: 3, whileRunning: 2, carrier: 1 },
  });
});

test.run();
