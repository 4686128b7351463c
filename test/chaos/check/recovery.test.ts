import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { caseOf, evidenceOf, fault, found, record } from "./evidence.fixture.ts";
import { reachOf } from "./reach.ts";
import { recoveryOf, spreadOf } from "./recovery.ts";

const test = suite("recovery times and reach of a chaos run");

/** A run that controller-1 claimed at 100 ms and controller-2 at the given time. */
function takenOver(atMs: number) {
  const log = [
    record("claimed", 100, { facts: { controllerId: "ctl-a" } }),
    record("claimed", atMs, { epoch: 2, facts: { controllerId: "ctl-b" } }),
    record("outcome", atMs + 50, { epoch: 2, facts: { executor: { kind: "agent", name: "agent-1" } } }),
    record("completed", atMs + 60, { epoch: 2, facts: { status: "succeeded" } }),
  ];
  return caseOf({ run: found("succeeded", { log }) });
}

test("measures a failover from the controller's death to the next claim of its run", () => {
  const death = fault("controller.kill", "controller-1", [1_000, 9_000]);
  assert.deepEqual(recoveryOf(evidenceOf([takenOver(8_000)], [death])).failover, { count: 1, p50: 7_000, p99: 7_000, max: 7_000 });
});

test("sets a failover apart when another fault stood in its way, and leaves out runs of others", () => {
  const death = fault("controller.kill", "controller-1", [1_000, 9_000]);
  const more = fault("broker.kill", "broker", [2_000, 3_000]);
  const recovery = recoveryOf(evidenceOf([takenOver(8_000)], [death, more]));
  assert.deepEqual([recovery.failover, recovery.failoverUnderMoreFaults?.max], [null, 7_000]);
  const other = fault("controller.kill", "controller-2", [1_000, 9_000]);
  assert.equal(recoveryOf(evidenceOf([takenOver(8_000)], [other])).failover, null);
});

test("holds a failover for undisturbed while one other controller is, and counts the deaths", () => {
  const death = fault("controller.kill", "controller-1", [10_000, 19_000]);
  const third = { controllers: new Map([...evidenceOf([]).controllers, ["ctl-c", "controller-3"]]) };
  const measured = (...more: Parameters<typeof evidenceOf>[1] & unknown[]) =>
    recoveryOf(evidenceOf([takenOver(17_000), takenOver(18_000)], [death, ...more], third));
  const frozen = fault("controller.freeze", "controller-2", [9_000, 20_000]);
  const { failover, deaths } = measured(frozen);
  assert.deepEqual([failover?.count, failover?.max, deaths], [2, 8_000, { controllers: 1, agents: 0 }]);
  assert.equal(measured(frozen, fault("controllerLink.blackHole", "controller-3 link", [3_000, 5_000])).failover, null);
});

test("takes no later fault for the reason of what was late before it", () => {
  const death = fault("controller.kill", "controller-1", [10_000, 19_000]);
  const later = fault("broker.kill", "broker", [21_000, 22_000]);
  assert.equal(recoveryOf(evidenceOf([takenOver(30_000)], [death, later])).failover?.max, 20_000);
});

test("measures how soon a read that was open on a dead agent is answered elsewhere", () => {
  const by = (name: string) => ({ facts: { executor: { kind: "agent", name } } });
  const log = [
    record("claimed", 100, { facts: { controllerId: "ctl-a" } }),
    record("outcome", 5_000, by("agent-1")),
    record("outcome", 5_300, by("agent-2")),
    record("completed", 5_300, { facts: { status: "succeeded" } }),
  ];
  const read = caseOf({ run: found("succeeded", { log }), plan: { effect: "read", expected: null } });
  const death = fault("agent.kill", "agent-1", [1_000, 8_000]);
  const answered = (...more: Parameters<typeof evidenceOf>[1] & unknown[]) => recoveryOf(evidenceOf([read], [death, ...more]));
  assert.equal(answered().readsAnsweredElsewhere?.max, 4_300);
  assert.equal(answered(fault("orgLink.latency", "home link", [2_000, 3_000])).readsAnsweredElsewhere?.max, 4_300);
  for (const inTheWay of [
    fault("orgLink.latency", "site link", [2_000, 3_000]),
    fault("agentLink.reset", "agent-2 link", [2_000, 3_000]),
    fault("controller.pause", "controller-1", [2_000, 3_000]),
    fault("broker.kill", "broker", [2_000, 3_000]),
  ])
    assert.deepEqual(
      [answered(inTheWay).readsAnsweredElsewhere, answered(inTheWay).readsUnderMoreFaults?.max],
      [null, 4_300],
      inTheWay.kind,
    );
});

test("calls it a false takeover when a controller only paused, and nothing else explains it", () => {
  const paused = fault("controller.pause", "controller-1", [1_000, 3_000]);
  assert.deepEqual(recoveryOf(evidenceOf([takenOver(4_000)], [paused])).falseTakeovers, ["run-1"]);
  const killed = fault("controller.kill", "controller-1", [3_500, 4_500]);
  assert.deepEqual(recoveryOf(evidenceOf([takenOver(4_000)], [paused, killed])).falseTakeovers, []);
});

test("keeps the notices of an agent's death that no other fault disturbed", () => {
  const death = fault("agent.kill", "agent-1", [20_000, 29_000]);
  const notice = { fault: death.id, controller: "controller-1", afterMs: 3_100 };
  const noticed = (...faults: Parameters<typeof evidenceOf>[1] & unknown[]) =>
    recoveryOf(evidenceOf([], [death, ...faults], { notices: [notice] })).agentDeathNoticed;
  assert.equal(noticed()?.max, 3_100);
  assert.equal(noticed(fault("controller.freeze", "controller-2", [20_000, 30_000]))?.max, 3_100);
  assert.equal(noticed(fault("controller.freeze", "controller-1", [20_000, 30_000])), null);
  assert.equal(noticed(fault("broker.kill", "broker", [19_000, 19_500])), null);
});

test("counts the calls that were open when a fault struck, on its way only", () => {
  const run = takenOver(8_000);
  const count = (...of: Parameters<typeof fault>): number => reachOf(evidenceOf([run], [fault(...of)]))[of[0]].calls;
  assert.equal(count("controller.kill", "controller-1", [1_000, 9_000]), 1);
  assert.equal(count("controller.kill", "controller-2", [1_000, 9_000]), 0);
  assert.equal(count("agent.kill", "agent-1", [8_010, 9_000]), 1);
  assert.equal(count("agent.kill", "agent-2", [8_010, 9_000]), 0);
  assert.equal(count("orgLink.refuse", "site link", [8_010, 9_000]), 1);
  assert.equal(count("orgLink.refuse", "home link", [8_010, 9_000]), 0);
  assert.equal(count("broker.kill", "broker", [8_010, 9_000]), 1);
  assert.equal(count("broker.kill", "broker", [50, 60]), 0);
});

test("takes the org's own count for the org's faults", () => {
  const cut = { ...fault("org.cutAfterApply", "org", [0, 100]), met: 7 };
  assert.deepEqual(reachOf(evidenceOf([takenOver(8_000)], [cut]))["org.cutAfterApply"], { times: 1, calls: 7 });
});

test("gives the spread of values, and none of nothing", () => {
  assert.equal(spreadOf([]), null);
  assert.deepEqual(spreadOf(Array.from({ length: 100 }, (_, at) => at + 1)), { count: 100, p50: 50, p99: 99, max: 100 });
});

test.run();
