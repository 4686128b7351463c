import assert from "node:assert/strict";
import { assertFound, createRoute, kill, onAgent, startAgent } from "../support/agent-of-hq.ts";
import { connect, withJourney } from "../support/journey.ts";
import { created, createUser, drip, finished, requestsOf, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("an answer that an agent has and its controller has not");

const login = "ada@example.com";

test(
  "because it was killed behind the effect and started again: it says that it had begun, and the state is read at once",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(controller.api, org, onAgent);
      const agent = await startAgent(journey, controller);
      await drip(org, "/api/v1/users", 60_000);
      const { id } = await submit(controller.api, createUser(login), { wait: 0 });
      await until("the user was created", async () => (await created(org)) === 1);
      await kill(agent);
      const killedMs = performance.now();
      const again = await startAgent(journey, controller);
      await again.line(/"answer":"begun"/);
      assertFound(await finished(controller.api, id, 25));
      // Without the agent's word it would take until the call's time is over: ten seconds and the connection's timeout.
      assert.ok(performance.now() - killedMs < 30_000, "the time of the call was waited for");
      assert.deepEqual([await created(org), await requestsOf(org, createRoute)], [1, 1]);
    }),
  { timeoutMs: 40_000 },
);

test(
  "because the controller was killed meanwhile: started again, it is told how the call ended",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const before = await journey.controllerProcess({ broker });
      await connect(before.api, org, onAgent);
      await startAgent(journey, before);
      await drip(org, "/api/v1/users", 5_000);
      const { id } = await submit(before.api, createUser(login), { wait: 0 });
      await until("the user was created", async () => (await created(org)) === 1);
      await kill(before.process);
      const { api } = await journey.controllerProcess({ broker });
      const run = await finished(api, id);
      assert.equal(run.status, "succeeded", `${run.error?.code} ${run.error?.message}`);
      assert.ok(run.calls.every(({ outcome, reconciled }) => outcome === "applied" && reconciled !== true));
      assert.deepEqual([await created(org), await requestsOf(org, createRoute)], [1, 1]);
    }),
  { timeoutMs: 40_000 },
);

test.run();
