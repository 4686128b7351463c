import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { connect, type Journey, type JourneyController, withJourney } from "../support/journey.ts";
import { delay, finished, readSomeone, requestsOf, type RunShown, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { until } from "../support/until.ts";

const test = suite("runs that wait for an agent");

const hq = "labels.site == 'hq'";

async function withOrg(body: (of: { journey: Journey; controller: JourneyController; org: SandboxOrg }) => Promise<void>): Promise<void> {
  await withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
    await body({ journey, controller, org });
  });
}

function isWaiting({ api }: JourneyController, id: string): Promise<RunShown> {
  return until(`${id} waits`, async () => {
    const run = await api.get<RunShown>(`/v1/runs/${id}`);
    return run.status === "waiting" && run;
  });
}

test(
  "waits with a reason and counts, and finishes once an agent appears",
  async () => {
    await withOrg(async ({ journey, controller, org }) => {
      const { api } = controller;
      await connect(api, org, { on: "agent", require: hq });
      await journey.agent(controller, { name: "branch-1", labels: { site: "branch" } });
      const { id } = await submit(api, readSomeone, { wait: 0 });
      const { waiting } = await isWaiting(controller, id);
      assert.equal(waiting?.reason, "no_agent_matches");
      assert.match(waiting?.sentence ?? "", /0 of 1 agents? match/);
      assert.match(waiting?.sentence ?? "", /1 fails? labels\.site == 'hq'/);
      assert.equal(await requestsOf(org, "GET /api/v1/users/{id}"), 0);

      const cancelled = await submit(api, readSomeone, { wait: 0 });
      await isWaiting(controller, cancelled.id);
      await api.post(`/v1/runs/${cancelled.id}/cancel`);
      const { status, callCount } = await finished(api, cancelled.id);
      assert.deepEqual([status, callCount], ["cancelled", 0]);

      await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
      const run = await finished(api, id);
      assert.deepEqual([run.status, run.waiting, run.calls[0]?.executor.name], ["succeeded", null, "hq-1"]);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "fails, runs here or asks the next choice when no agent matches, as the connection says",
  async () => {
    await withOrg(async ({ journey, controller, org }) => {
      const { api } = controller;
      await journey.agent(controller, { name: "branch-1", labels: { site: "branch" } });
      await connect(api, org, { on: "agent", require: hq, whenNone: "fail", waitFor: undefined });
      const failed = await submit(api, readSomeone);
      assert.deepEqual([failed.status, failed.error?.code, failed.callCount], ["failed", "no_agent_matches", 0]);
      assert.match(failed.error?.message ?? "", /0 of 1/);

      await connect(api, org, { on: "agent", require: hq, whenNone: "local", waitFor: undefined });
      const here = await submit(api, readSomeone);
      assert.deepEqual([here.status, here.calls[0]?.executor.kind], ["succeeded", "local"]);

      const next = [{ require: "labels.site == 'lab'" }, { require: "labels.site == 'branch'" }];
      await connect(api, org, { on: "agent", require: hq, whenNone: "next", waitFor: undefined, next });
      const elsewhere = await submit(api, readSomeone);
      assert.deepEqual([elsewhere.status, elsewhere.calls[0]?.executor.name], ["succeeded", "branch-1"]);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "ends with deadline_exceeded when the deadline passes, in a wait or in a read",
  async () => {
    await withOrg(async ({ controller, org }) => {
      const { api } = controller;
      await connect(api, org);
      await delay(org, { method: "GET", path: "/api/v1/users/{id}" }, 3_000);
      const bodies = [
        { ...readSomeone, on: hq },
        { ...readSomeone, on: "local" },
      ];
      const runs = await Promise.all(bodies.map((body) => submit(api, { ...body, deadline: "1s" })));
      assert.deepEqual(
        runs.map((run) => [run.status, run.error?.code]),
        [
          ["failed", "deadline_exceeded"],
          ["failed", "deadline_exceeded"],
        ],
      );
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
