import assert from "node:assert/strict";
import { newId, type ControllerId } from "@longarm/shared";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryRunHistory } from "../memory/memory-run-history.ts";
import type { SignOfLife } from "../ports/controller-presence.ts";
import { withCarrying, type Carrying } from "../run/carrying.fixture.ts";
import { project } from "./projector.ts";
import { rescue } from "./rescuer.ts";

const test = suite("taking over the runs of the dead");

interface World extends Carrying {
  readonly clock: ManualClock;
  readonly owner: ControllerId;
  /** What a listing shows of the owner's key; undefined: nothing. */
  sign: SignOfLife | undefined;
  /** How long a listing takes. */
  listMs: number;
  /** Who has claimed the owner's run, in order. */
  claims(): Promise<readonly ControllerId[]>;
}

/** A controller that watches over another one's run. */
function withRescuer(body: (world: World) => Promise<void>): Promise<void> {
  const clock = new ManualClock();
  return withCarrying(async (carrying) => {
    const owner = newId("controller");
    const run = await carrying.submit("test.thing.read");
    const stored = await carrying.log.read(run);
    assert.ok(stored && (await carrying.carrier(owner).claimNew(stored)));
    const stopping = new AbortController();
    const world: World = {
      ...{ ...carrying, clock, owner, sign: 1, listMs: 0 },
      claims: async () => (await carrying.records(run)).flat().flatMap((entry) => (entry.kind === "claimed" ? [entry.controllerId] : [])),
    };
    const presence = {
      renew: async () => undefined,
      withdraw: async () => undefined,
      async list() {
        await clock.sleep(world.listMs, stopping.signal);
        return new Map(world.sign === undefined ? [] : [[owner, world.sign]]);
      },
    };
    const deps = { ...carrying.deps, holds: carrying.holds, carrier: carrying.carrier(), history: new MemoryRunHistory(), presence };
    const loops = [project(deps, stopping.signal), rescue(deps, stopping.signal)];
    try {
      await body(world);
    } finally {
      stopping.abort();
      await clock.advance(1_000);
      await Promise.all(loops);
    }
  }, clock);
}

/** Lets time pass in small steps, as it does. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) await clock.advance(100);
}

test("leaves a run alone whose owner a listing left out", () =>
  withRescuer(async (world) => {
    await pass(world.clock, 4_000);
    world.sign = 2;
    await pass(world.clock, 2_000);
    world.sign = undefined;
    await pass(world.clock, 4_000);
    assert.deepEqual(await world.claims(), [world.owner]);
    world.sign = 3;
    await pass(world.clock, 4_000);
    assert.deepEqual(await world.claims(), [world.owner]);
  }));

test("takes a run over once its owner's key is missing for long enough", () =>
  withRescuer(async (world) => {
    await pass(world.clock, 2_000);
    world.sign = undefined;
    await pass(world.clock, 9_000);
    assert.deepEqual(await world.claims(), [world.owner, world.deps.controllerId]);
  }));

test("takes a run over at once when its owner took its sign of life back", () =>
  withRescuer(async (world) => {
    await pass(world.clock, 2_000);
    world.sign = "withdrawn";
    await pass(world.clock, 3_000);
    assert.deepEqual(await world.claims(), [world.owner, world.deps.controllerId]);
  }));

test("counts none of the time that a listing takes", () =>
  withRescuer(async (world) => {
    world.listMs = 1_500;
    await pass(world.clock, 10_000);
    assert.deepEqual(await world.claims(), [world.owner]);
    await pass(world.clock, 3_500);
    assert.deepEqual(await world.claims(), [world.owner, world.deps.controllerId]);
  }));

test.run();
