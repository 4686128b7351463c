import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { createCatalogue } from "@longarm/spoke";
import { suite } from "../../../../../test/support/suite.ts";
import { carryOn, type Carrying, withCarrying } from "../carrying.fixture.ts";

const test = suite("a call that was open when its controller died");

for (const [title, spoil, code] of [
  ["its connection is gone", (world: Carrying) => world.deps.connections.remove("acme"), "unknown_connection"],
  [
    "the next controller does not know its action",
    (world: Carrying) => Object.assign(world.deps, { catalogue: createCatalogue([]) }),
    "unknown_action",
  ],
] as const) {
  test(`is told as unknown when ${title}`, () =>
    withCarrying(async (world) => {
      const sent = Promise.withResolvers<void>();
      world.answer = () => {
        sent.resolve();
        return new Promise(() => undefined);
      };
      const run = await world.submit("test.thing.addressed");
      void carryOn(world.carrier(), world.log, run);
      await sent.promise;
      await spoil(world);
      const next = world.carrier(newId("controller"));
      const claimed = await next.claimAbandoned(run, world.deps.controllerId);
      assert.ok(claimed);
      await next.carry(claimed);
      const last = (await world.records(run)).at(-1)?.at(-1);
      assert.ok(last?.kind === "completed");
      assert.deepEqual([last.status, last.error?.details?.["code"]], ["outcome_unknown", code]);
      assert.match(last.error?.message ?? "", /POST \/things may or may not have taken effect/);
    }));
}

test.run();
