import assert from "node:assert/strict";
import { newId, type RunId, type RunTerms } from "@longarm/shared";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { stateOf, toRunView } from "./view/run-view.ts";
import { carryOn, fail, respond, withCarrying, type Answer, type Carrying } from "./carrying.fixture.ts";

const test = suite("the terms of a run");

async function endOf(world: Carrying, run: RunId) {
  const stored = await world.log.read(run);
  assert.ok(stored);
  const { completed } = stateOf(stored);
  return { status: completed?.status, code: completed?.error?.code, details: completed?.error?.details ?? {} };
}

function putsAndPosts(world: Carrying): number {
  return world.sent.filter((call) => !call.startsWith("GET")).length;
}

const unreachable: Answer = async () => fail("not_sent", "target_unreachable");
const quick = { firstPauseMs: 1, longestPauseMs: 1 };

async function carryWith(world: Carrying, terms: RunTerms, name = "test.thing.read"): Promise<RunId> {
  return world.carry(name, undefined, { terms });
}

test("a connection's policy decides how often its calls are tried, and a run's own goes before it", () =>
  withCarrying(async (world) => {
    world.answer = unreachable;
    const before = await world.deps.connections.get("acme");
    assert.ok(before);
    await world.deps.connections.put("acme", { ...before.value, retry: { ...quick, attempts: 3 } });
    await carryWith(world, {});
    assert.equal(world.sent.length, 3);
    await carryWith(world, { retry: { attempts: 7 } });
    assert.equal(world.sent.length, 3 + 7);
    await carryWith(world, { retry: { on: [] } });
    assert.equal(world.sent.length, 3 + 7 + 1);
  }));

test("a policy without rate limits lets the action see the 429 at once", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(429, {});
    const run = await carryWith(world, { retry: { on: ["not_sent"] } }, "test.thing.echo");
    assert.deepEqual([world.sent.length, (await endOf(world, run)).status], [1, "succeeded"]);
  }));

test("a policy never lets a once call be repeated whose outcome is unknown", () =>
  withCarrying(async (world) => {
    world.answer = async () => fail("unknown");
    const run = await carryWith(world, { retry: { ...quick, attempts: 100 } }, "test.thing.mint");
    assert.deepEqual([putsAndPosts(world), (await endOf(world, run)).status], [1, "outcome_unknown"]);
  }));

test("a converge call that is given up while an earlier try of it is in doubt ends unknown", () =>
  withCarrying(async (world) => {
    world.answer = async ({ method }) => {
      if (method === "GET") return respond(200, {});
      return putsAndPosts(world) === 1 ? fail("unknown") : fail("not_sent", "target_unreachable");
    };
    const run = await carryWith(world, { retry: { ...quick, attempts: 3 } }, "test.thing.strict");
    assert.deepEqual(
      [(await endOf(world, run)).status, world.sent.filter((call) => call.startsWith("PUT")).length],
      ["outcome_unknown", 3],
    );
  }));

test("a pause before another attempt tells which of how many follows", () => {
  const clock = new ManualClock();
  return withCarrying(async (world) => {
    world.answer = unreachable;
    const run = await world.submit("test.thing.read", undefined, {
      terms: { retry: { firstPauseMs: 3_600_000, longestPauseMs: 3_600_000, attempts: 4 } },
    });
    const carrier = world.carrier();
    const carried = carryOn(carrier, world.log, run);
    const parked = async () => (await world.records(run)).flat().find((entry) => entry.kind === "parked");
    for (let turn = 0; turn < 100 && !(await parked()); turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const entry = await parked();
    assert.ok(entry?.kind === "parked");
    assert.equal(entry.reason, "retry");
    assert.match(entry.sentence, /was not sent \(target_unreachable\); attempt 2 of 4 follows in \d+ s\./);
    const stopped = carrier.stop(0);
    await clock.advance(10);
    await stopped;
    await carried;
  }, clock);
});

test("a run that is taken over in the midst of a pause makes its next try at the end of it, not at once", () => {
  const clock = new ManualClock();
  return withCarrying(async (world) => {
    world.answer = unreachable;
    const policy = { firstPauseMs: 3_600_000, longestPauseMs: 3_600_000 };
    const run = await world.submit("test.thing.echo", undefined, { terms: { retry: policy } });
    const first = world.carrier();
    const carried = carryOn(first, world.log, run);
    const parked = async () => (await world.records(run)).flat().find((entry) => entry.kind === "parked");
    for (let turn = 0; turn < 100 && !(await parked()); turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const stopped = first.stop(0);
    await clock.advance(10);
    await Promise.all([stopped, carried]);
    const entry = await parked();
    assert.ok(entry?.kind === "parked");
    const leftMs = Number(entry.untilMs) - clock.nowMs();

    const second = world.carrier(newId("controller"));
    const claimed = await second.claimAbandoned(run, world.deps.controllerId);
    assert.ok(claimed);
    assert.deepEqual(
      (await world.records(run)).at(-1)?.map(({ kind }) => kind),
      ["claimed", "parked"],
    );
    world.answer = async () => respond(200, { id: "1" });
    const ended = second.carry(claimed);
    await clock.advance(leftMs - 300, 60_000);
    assert.equal(world.sent.length, 1);
    await clock.advance(1_000);
    await ended;
    assert.deepEqual([world.sent.length, (await endOf(world, run)).status], [2, "succeeded"]);
  }, clock);
});

test("a run ends when its time from the start has passed, in the midst of a read", () => {
  const clock = new ManualClock();
  return withCarrying(async (world) => {
    const asked = Promise.withResolvers<void>();
    world.answer = (_request, signal) => {
      asked.resolve();
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));
    };
    const run = await world.submit("test.thing.read", undefined, { terms: { runWithinMs: 5_000 } });
    const carried = carryOn(world.carrier(), world.log, run);
    await asked.promise;
    await clock.advance(6_000);
    await carried;
    assert.deepEqual(await endOf(world, run), { status: "failed", code: "deadline_exceeded", details: { clock: "runWithin" } });
  }, clock);
});

test("a run that is claimed after its time to start is not begun", () =>
  withCarrying(async (world) => {
    const run = await carryWith(world, { startByMs: 5 });
    assert.deepEqual(
      [await endOf(world, run), world.sent],
      [{ status: "failed", code: "deadline_exceeded", details: { clock: "startWithin" } }, []],
    );
  }));

test("both clocks and the wish to cancel can be seen", () =>
  withCarrying(async (world) => {
    const run = await carryWith(world, { startByMs: 4_000_000_000_000, runWithinMs: 60_000 });
    const stored = await world.log.read(run);
    assert.ok(stored);
    const [claimed] = stored.records;
    const submittedAtMs = (claimed?.timeMs ?? 0) - 250;
    const cancelled = { ...stored, submission: { ...stored.submission, submittedAtMs } };
    const view = toRunView(cancelled, { input: null, output: null, progress: null, nowMs: 0 });
    assert.equal(view.queuedMs, 250);
    assert.equal(view.runningMs, (stored.records.at(-1)?.timeMs ?? 0) - (claimed?.timeMs ?? 0));
    assert.deepEqual([view.startBy, view.endBy], ["2096-10-02T07:06:40.000Z", new Date((claimed?.timeMs ?? 0) + 60_000).toISOString()]);
    assert.equal(view.cancelRequestedAt, null);
  }));

for (const [wish, status] of [
  ["cancelled", "cancelled"],
  ["deadline", "failed"],
] as const) {
  test(`a write whose bytes may have left is not aborted when the run is ${wish === "cancelled" ? "cancelled" : "over its deadline"}, and its answer counts`, () => {
    const clock = new ManualClock();
    return withCarrying(async (world) => {
      const answered = Promise.withResolvers<ReturnType<typeof respond>>();
      const sent = Promise.withResolvers<AbortSignal | undefined>();
      world.answer = (request, signal) => {
        if (request.method === "GET") return Promise.resolve(respond(200, {}));
        sent.resolve(signal);
        return answered.promise;
      };
      const deadlineMs = wish === "deadline" ? clock.nowMs() + 1_000 : null;
      const run = await world.submit("test.thing.strict", undefined, { deadlineMs });
      const carried = carryOn(world.carrier(), world.log, run);
      const signal = await sent.promise;
      if (wish === "cancelled") world.deps.signals.tell(run, "cancelRequested");
      await clock.advance(2_000);
      assert.equal(signal?.aborted, false);
      answered.resolve(fail("not_sent", "target_unreachable") as never);
      await clock.advance(10);
      await carried;
      // Nothing of it is in doubt, so that it ends by the wish.
      assert.equal((await endOf(world, run)).status, status);
      assert.equal(putsAndPosts(world), 1);
    }, clock);
  });
}

test("a run that is cancelled while a 503 leaves its write in doubt ends unknown, not cancelled", () => {
  const clock = new ManualClock();
  return withCarrying(async (world) => {
    world.answer = async (request) => (request.method === "GET" ? respond(200, {}) : respond(503, {}));
    const run = await world.submit("test.thing.strict", undefined, {
      terms: { retry: { firstPauseMs: 3_600_000, longestPauseMs: 3_600_000 } },
    });
    const carried = carryOn(world.carrier(), world.log, run);
    for (let turn = 0; turn < 100 && world.sent.length < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(10);
    world.deps.signals.tell(run, "cancelRequested");
    await clock.advance(10);
    await carried;
    assert.equal((await endOf(world, run)).status, "outcome_unknown");
  }, clock);
});

test.run();
