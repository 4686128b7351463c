import assert from "node:assert/strict";
import { newId, type RunId } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { until } from "../../../../../test/support/until.ts";
import { MemoryRunHistory } from "../../memory/memory-run-history.ts";
import { carryOn, respond, type Carrying, withCarrying } from "../carrying.fixture.ts";
import { Runs } from "../steer/runs.ts";

const test = suite("runs that wait for approval");
const bob = { name: "bob" };

function runsOf({ deps, ended }: Carrying): Runs {
  return new Runs({ ...deps, ended, history: new MemoryRunHistory(), keepKeysMs: 60_000 });
}

async function requireApproval(world: Carrying, actions: readonly string[] = ["changing"]): Promise<void> {
  const before = await world.deps.connections.get("acme");
  assert.ok(before);
  await world.deps.connections.put("acme", { ...before.value, requireApproval: { actions } });
}

async function kinds(world: Carrying, run: RunId): Promise<readonly string[]> {
  return (await world.records(run)).flat().map(({ kind }) => kind);
}

function untilWaiting(world: Carrying, run: RunId) {
  return until("the run waits for approval", async () => {
    const seen = await runsOf(world).get(run);
    return seen.waiting?.reason === "approval" && seen;
  });
}

/** A run of "ada" that waits, and its end. */
async function waitingRun(world: Carrying, over: object = {}): Promise<{ readonly run: RunId; readonly ended: Promise<void> }> {
  await requireApproval(world);
  const run = await world.submit("test.thing.create", undefined, { principal: "ada", ...over });
  const ended = carryOn(world.carrier(), world.log, run);
  await untilWaiting(world, run);
  return { run, ended };
}

test("send nothing and hold no slot until somebody else approves them, and say for whom they wait", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, { id: "1" });
    const { run, ended } = await waitingRun(world);
    const waiting = await runsOf(world).get(run);
    assert.deepEqual([waiting.status, waiting.startedAt, world.sent, world.deps.slots.free("standard")], ["waiting", null, [], 9]);
    assert.match(waiting.waiting?.sentence ?? "", /runs:approve, and not "ada"/);
    const approved = await runsOf(world).judge(run, { kind: "approved", note: "seen", by: bob });
    assert.deepEqual([approved.approval?.verdict, approved.approval?.by, approved.approval?.note], ["approved", "bob", "seen"]);
    await ended;
    const seen = await runsOf(world).get(run);
    assert.deepEqual([seen.status, seen.approval?.by], ["succeeded", "bob"]);
    assert.ok(seen.startedAt !== null && world.sent.length > 0);
    assert.deepEqual((await kinds(world, run)).slice(0, 4), ["claimed", "parked", "approved", "resumed"]);
  }));

test("end as failed when they are denied, with who denied them and why", () =>
  withCarrying(async (world) => {
    const { run, ended } = await waitingRun(world);
    await runsOf(world).judge(run, { kind: "denied", note: "wrong account", by: bob });
    await ended;
    const seen = await runsOf(world).get(run);
    assert.deepEqual(
      [seen.status, seen.error?.code, seen.error?.message],
      ["failed", "approval_denied", '"bob" denied the run: wrong account'],
    );
    assert.deepEqual([world.sent, (await kinds(world, run)).slice(0, 3)], [[], ["claimed", "parked", "denied"]]);
  }));

test("cannot be judged by their submitter, nor by a key that the submitter made", () =>
  withCarrying(async (world) => {
    const { run, ended } = await waitingRun(world);
    for (const by of [{ name: "ada" }, { name: "ada-too", madeBy: ["x", "ada"] }])
      await assert.rejects(runsOf(world).judge(run, { kind: "approved", note: "", by }), { code: "not_allowed", message: /somebody else/ });
    assert.deepEqual(world.sent, []);
    await runsOf(world).judge(run, { kind: "approved", note: "", by: bob });
    await ended;
  }));

test("are judged once: of ten who approve and ten who deny at once, one counts, and the run does what it said", () =>
  withCarrying(async (world) => {
    const { run, ended } = await waitingRun(world);
    const judges = Array.from(
      { length: 20 },
      (_, n) => ({ kind: n % 2 === 0 ? "approved" : "denied", note: "", by: { name: `judge-${n}` } }) as const,
    );
    const tries = await Promise.allSettled(judges.map((judgement) => runsOf(world).judge(run, judgement)));
    assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
    await ended;
    const seen = await runsOf(world).get(run);
    assert.equal(seen.status, seen.approval?.verdict === "approved" ? "succeeded" : "failed");
    await assert.rejects(runsOf(world).judge(run, { kind: "approved", note: "", by: bob }), { code: "invalid_state" });
  }));

test("end at their deadline, or when they are cancelled, without anything sent", () =>
  withCarrying(async (world) => {
    const clock = world.deps.clock as ManualClock;
    const late = await waitingRun(world, { deadlineMs: clock.nowMs() + 60_000 });
    await clock.advance(60_000, 10_000);
    await late.ended;
    assert.equal((await runsOf(world).get(late.run)).error?.code, "deadline_exceeded");
    const { run, ended } = await waitingRun(world);
    await runsOf(world).cancel(run, "ada");
    await ended;
    assert.deepEqual([(await runsOf(world).get(run)).status, world.sent], ["cancelled", []]);
  }, new ManualClock()));

test("go on under the next owner, whether they were judged before it or after", () =>
  withCarrying(async (world) => {
    const dead = newId("controller");
    for (const isBefore of [true, false]) {
      await requireApproval(world);
      const run = await world.submit("test.thing.create", undefined, { principal: "ada" });
      const first = world.carrier(dead);
      const left = carryOn(first, world.log, run);
      await untilWaiting(world, run);
      await first.stop(0);
      await left;
      const approve = () => runsOf(world).judge(run, { kind: "approved", note: "", by: bob });
      if (isBefore) await approve();
      const next = world.carrier();
      const claimed = await next.claimAbandoned(run, dead);
      assert.ok(claimed);
      const carried = next.carry(claimed);
      if (!isBefore) await approve();
      await carried;
      assert.equal((await runsOf(world).get(run)).status, "succeeded");
      assert.equal((await kinds(world, run)).filter((kind) => kind === "approved").length, 1);
    }
  }));

test("are those that the rule means: no reads, and none that only tell what they would do", () =>
  withCarrying(async (world) => {
    await requireApproval(world);
    const read = await world.carry("test.thing.read");
    assert.equal((await runsOf(world).get(read)).status, "succeeded");
    await requireApproval(world, ["test.thing.read"]);
    const create = await world.carry("test.thing.create");
    assert.equal((await runsOf(world).get(create)).approval, undefined);
    await assert.rejects(runsOf(world).judge(create, { kind: "approved", note: "", by: bob }), {
      code: "invalid_state",
      message: /succeeded/,
    });
  }));

test.run();
