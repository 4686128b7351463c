import assert from "node:assert/strict";
import { newId, systemClock, type Clock } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { carryOn, fail, respond, withCarrying, type Carrying } from "../carrying.fixture.ts";

const test = suite("what a call is checked against");
const [rules, put] = ["GET /rules", "PUT /things/ada"];

/** A clock whose pauses take no time. */
const hasty: Clock = { ...systemClock, sleep: (_, signal) => systemClock.sleep(0, signal) };

async function endOf(world: Carrying, run: Awaited<ReturnType<Carrying["carry"]>>) {
  const last = (await world.records(run)).at(-1)?.at(-1);
  assert.ok(last?.kind === "completed");
  return [last.status, last.error?.code ?? null];
}

test("is read before the call leaves, and serves the next run too", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, "allowed");
    for (let count = 0; count < 2; count += 1) await world.carry("test.thing.strict");
    assert.deepEqual(world.sent, [rules, put, put]);
  }));

test("ends the run before anything is sent, but only by what is read anew", () =>
  withCarrying(async (world) => {
    world.answer = async () => respond(200, "forbidden");
    assert.deepEqual(await endOf(world, await world.carry("test.thing.strict")), ["failed", "invalid_request"]);
    world.answer = async ({ path }) => respond(200, path === "/rules" ? "allowed" : {});
    assert.deepEqual(await endOf(world, await world.carry("test.thing.strict")), ["succeeded", null]);
    assert.deepEqual(world.sent, [rules, rules, put]);
  }));

test("does not hinder a call when it cannot be read", () =>
  withCarrying(async (world) => {
    world.answer = async ({ path }) => (path === "/rules" ? fail("unknown") : respond(200, {}));
    assert.deepEqual(await endOf(world, await world.carry("test.thing.strict")), ["succeeded", null]);
    assert.deepEqual(world.sent, [rules, put]);
  }));

test("is not asked again by another controller for a call that was begun, whatever it says by now", () =>
  withCarrying(async (world) => {
    const begun = Promise.withResolvers<void>();
    world.answer = ({ path }) => {
      if (path === "/rules") return Promise.resolve(respond(200, "allowed"));
      begun.resolve();
      return new Promise(() => undefined);
    };
    const run = await world.submit("test.thing.strict");
    void carryOn(world.carrier(), world.log, run);
    await begun.promise;
    world.answer = async ({ path }) => respond(200, path === "/rules" ? "forbidden" : {});
    const next = world.carrier(newId("controller"));
    const claimed = await next.claimAbandoned(run, world.deps.controllerId);
    assert.ok(claimed);
    await next.carry(claimed);
    assert.deepEqual(await endOf(world, run), ["succeeded", null]);
    assert.deepEqual(world.sent, [rules, put, put]);
  }, hasty));

test.run();
