import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { connect, withJourney } from "../support/journey.ts";
import { readSomeone, requestsOf, submit } from "../support/journey-runs.ts";

const test = suite("where a run's calls are made");

const route = "GET /api/v1/users/{id}";

test(
  "runs here, runs through the agent that a selector chooses, and explains the choice",
  async () => {
    await withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller({ websocket: true }), journey.sandbox()]);
      const { api } = controller;
      await connect(api, org);
      const [tcp, webSocket] = controller.agentUrls;
      assert.match(webSocket ?? "", /^ws:/);
      await Promise.all([
        journey.agent(controller, { name: "hq-1", labels: { site: "hq", capabilities: ["rest", "okta"] }, url: tcp ?? "" }),
        journey.agent(controller, { name: "branch-1", labels: { site: "branch", capabilities: ["rest"] }, url: webSocket ?? "" }),
      ]);

      const here = await submit(api, { ...readSomeone, on: "local" });
      assert.deepEqual([here.status, here.calls[0]?.executor], ["succeeded", { kind: "local" }]);

      const there = await submit(api, { ...readSomeone, on: "labels.site == 'hq'" });
      assert.deepEqual([there.status, there.calls[0]?.executor.name], ["succeeded", "hq-1"]);
      assert.match(there.calls[0]?.why ?? "", /labels\.site == 'hq'/);

      const overWebSocket = await submit(api, { ...readSomeone, on: { attributes: { site: "branch" } } });
      assert.deepEqual([overWebSocket.status, overWebSocket.calls[0]?.executor.name], ["succeeded", "branch-1"]);
      assert.deepEqual(overWebSocket.output, here.output);
      assert.equal(await requestsOf(org, route), 3);

      const explained = await api.post<{
        matched: number;
        total: number;
        agents: readonly { agent: { name: string }; failed: string | null }[];
      }>("/v1/selectors/explain", { body: { selector: "labels.site == 'hq' && 'okta' in labels.capabilities", connection: "sandbox" } });
      assert.deepEqual([explained.matched, explained.total], [1, 2]);
      assert.equal(explained.agents.find(({ agent }) => agent.name === "branch-1")?.failed, "labels.site == 'hq'");

      const said = await controller.longarm("select", "labels.site == 'hq'", "--connection", "sandbox");
      assert.equal(said.code, 0);
      assert.match(said.stdout, /1 of 2 agents matches/);
      assert.match(said.stdout, /✓\s+hq-1/);
      assert.match(said.stdout, /✗\s+branch-1.*labels\.site == 'hq'/);
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
