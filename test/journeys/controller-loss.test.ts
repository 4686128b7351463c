import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { connect, withJourney } from "../support/journey.ts";
import { created, createUser, finished, requestsOf, submit } from "../support/journey-runs.ts";
import { bodiesOf, connectBriefly, expectHonestEnds, slowDown, submitAll } from "../support/mixed-runs.ts";
import { until } from "../support/until.ts";

const test = suite("controllers that die");

test(
  "loses none of a hundred runs when it is killed in the middle of them and started again",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connectBriefly(before.api, org, "1s");
      await slowDown(org, 150);
      const ids = await submitAll(before.api, bodiesOf(100, "restart"));
      await until("some users were created", async () => (await created(org)) > 0);
      before.process.kill("SIGKILL");
      await before.process.exited;

      const { api } = await journey.controllerProcess({ broker });
      const runs = await Promise.all(ids.map((id) => finished(api, id, 40)));
      await expectHonestEnds(runs, org);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "does not create twice when it is killed after the creation was applied and before its answer came",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connect(before.api, org);
      await org.call("POST", "/sandbox/faults", {
        match: { method: "POST", path: "/api/v1/users" },
        kind: "slowDrip",
        bytes: 1,
        ms: 1_000,
      });
      const { id } = await submit(before.api, createUser("once@example.com"), { wait: 0 });
      await until("the user was created", async () => (await created(org)) === 1);
      before.process.kill("SIGKILL");
      await before.process.exited;
      await org.call("DELETE", "/sandbox/faults");

      const { api } = await journey.controllerProcess({ broker });
      const run = await finished(api, id);
      assert.deepEqual([run.status, (run.output as { created?: unknown }).created], ["succeeded", true]);
      assert.equal(run.calls.at(-1)?.reconciled, true);
      assert.equal(await requestsOf(org, "POST /api/v1/users"), 1);
    });
  },
  { timeoutMs: 30_000 },
);

test.run();
