import assert from "node:assert/strict";
import { newId, type RunId } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { cleanHolds, holdingOwners } from "./clean-holds.ts";
import { carryOn, withCarrying, type Carrying } from "../carrying.fixture.ts";

const test = suite("places that a dead controller held");

/** A world whose controller dies right behind the record that ends the run, and its projection as somebody else sees it. */
async function withDead(ends: boolean, body: (of: { world: Carrying; run: RunId }) => Promise<void>): Promise<void> {
  await withCarrying(async (world) => {
    if (!ends) world.answer = () => new Promise(() => undefined);
    const run = await world.submit("test.thing.read", undefined, { terms: { concurrencyKey: "ada" } });
    // What would take the place back does not come to it.
    world.deps.places.leave = async () => undefined;
    const carried = carryOn(world.carrier(), world.log, run);
    if (ends) await carried;
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await body({ world, run });
  });
}

test("are taken back when their run has ended", () =>
  withDead(true, async ({ world, run }) => {
    const { holds, log, deps } = world;
    assert.deepEqual(holdingOwners(holds), [deps.controllerId]);
    await cleanHolds({ store: holds, log }, newId("controller"));
    assert.equal(holds.held()[0]?.holders[0]?.run, run);
    await cleanHolds({ store: holds, log }, deps.controllerId);
    assert.deepEqual([holds.held(), holdingOwners(holds)], [[], []]);
  }));

test("are taken back from a living controller only when it does not know of them any more", () =>
  withDead(true, async ({ world, run }) => {
    const { holds, log, deps } = world;
    await cleanHolds({ store: holds, log }, deps.controllerId, (wanted) => wanted === run);
    assert.equal(holds.held()[0]?.holders[0]?.run, run);
    await cleanHolds({ store: holds, log }, deps.controllerId, () => false);
    assert.deepEqual(holds.held(), []);
  }));

test("stay those of a run that is unfinished", () =>
  withDead(false, async ({ world, run }) => {
    const { holds, log, deps } = world;
    await cleanHolds({ store: holds, log }, deps.controllerId);
    assert.equal(holds.held()[0]?.holders[0]?.run, run);
  }));

test.run();
