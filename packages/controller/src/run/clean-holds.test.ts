import assert from "node:assert/strict";
import { newId, type RunId, type RunStatus } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryRunHistory } from "../memory/memory-run-history.ts";
import { cleanHolds, holdingOwners } from "./clean-holds.ts";
import { carryOn, withCarrying, type Carrying } from "./carrying.fixture.ts";

const test = suite("places that a dead controller held");

/** A world whose controller dies right behind the record that ends the run, and its projection as somebody else sees it. */
async function withDead(
  ends: boolean,
  body: (of: { world: Carrying; history: MemoryRunHistory; run: RunId }) => Promise<void>,
): Promise<void> {
  await withCarrying(async (world) => {
    if (!ends) world.answer = () => new Promise(() => undefined);
    const run = await world.submit("test.thing.read", undefined, { terms: { concurrencyKey: "ada" } });
    // What would take the place back does not come to it.
    world.deps.places.leave = async () => undefined;
    const carried = carryOn(world.carrier(), world.log, run);
    if (ends) await carried;
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const history = new MemoryRunHistory();
    const status: RunStatus = ends ? "succeeded" : "running";
    const change = { id: run, submittedAt: 1, status, owner: world.deps.controllerId };
    history.apply([change], { sequence: 1, timeMs: 1 });
    await body({ world, history, run });
  });
}

test("are taken back when their run has ended", () =>
  withDead(true, async ({ world, history, run }) => {
    const { holds, log, deps } = world;
    assert.deepEqual(holdingOwners(holds), [deps.controllerId]);
    await cleanHolds({ store: holds, log, history }, newId("controller"));
    assert.equal(holds.held()[0]?.holders[0]?.run, run);
    await cleanHolds({ store: holds, log, history }, deps.controllerId);
    assert.deepEqual([holds.held(), holdingOwners(holds)], [[], []]);
  }));

test("stay those of a run that is unfinished, even where the projection does not know it yet", () =>
  withDead(false, async ({ world, history, run }) => {
    const { holds, log, deps } = world;
    for (const view of [history, new MemoryRunHistory()]) {
      await cleanHolds({ store: holds, log, history: view }, deps.controllerId);
      assert.deepEqual(
        holds.held().flatMap(({ holders }) => holders.map((holder) => holder.run)),
        [run],
      );
    }
  }));

test.run();
