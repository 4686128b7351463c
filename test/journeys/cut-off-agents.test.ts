import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { assertFound, createRoute, kill, onAgent, startAgent } from "../support/agent-of-hq.ts";
import { withCutLine } from "../support/cut-line.ts";
import { connect, withJourney } from "../support/journey.ts";
import { created, createUser, drip, effectsOf, finished, requestsOf, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("agents that are cut off in the middle of a call");

const login = "ada@example.com";

async function setTimeoutOf(api: ApiClient, org: SandboxOrg, timeout: string): Promise<void> {
  const placement = { ...onAgent, whenNone: "wait", waitFor: "1m" };
  await api.ask("PUT", "/v1/connections/sandbox", { body: { baseUrl: org.url, credential: "sandbox", placement, timeout } });
}

test(
  "say how the call ended when they are back, and nothing is sent twice",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const controller = await journey.controller({ broker });
      const { api } = controller;
      await connect(api, org, onAgent);
      await withCutLine(Number(new URL(broker.url).port), async (line) => {
        const agent = await startAgent(journey, controller, `nats://127.0.0.1:${line.port}`);
        const path = "/api/v1/users/{id}/lifecycle/expire_password_with_temp_password";
        await drip(org, path, 3_000);
        const body = { action: "okta.user.resetToTemporaryPassword", connection: "sandbox", input: { user: "user000007@example.com" } };
        const { id } = await submit(api, body, { wait: 0 });
        const expired = () => effectsOf(org, "user.passwordExpired");
        await until("the password was reset", async () => (await expired()).length === 1);
        line.cut();
        await until("the agent is lost", async () => (await api.get<{ state: string }>("/v1/agents/hq-1")).state === "lost", 20_000);
        line.mend();
        const run = await finished(api, id);
        assert.equal(run.status, "succeeded", `${run.error?.code} ${run.error?.message}`);
        assert.match(agent.output(), /"answer":"ended"/);
        assert.deepEqual([(await expired()).length, await requestsOf(org, `POST ${path}`)], [1, 1]);
      });
    }),
  { timeoutMs: 50_000 },
);

test(
  "and lose their journal: that they never saw the call proves nothing, and its time is waited for",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(controller.api, org, onAgent);
      await setTimeoutOf(controller.api, org, "3s");
      const agent = await startAgent(journey, controller);
      await drip(org, "/api/v1/users", 60_000);
      const beganMs = performance.now();
      const { id } = await submit(controller.api, createUser(login), { wait: 0 });
      await until("the user was created", async () => (await created(org)) === 1);
      await kill(agent);
      await rm(join(journey.directory, "agent-hq-1", "journal"), { recursive: true });
      const again = await startAgent(journey, controller);
      await again.line(/"answer":"neverSeen"/);
      assertFound(await finished(controller.api, id, 25));
      assert.ok(performance.now() - beganMs > 14_500, "it was settled before the call's time was over");
      assert.deepEqual([await created(org), await requestsOf(org, createRoute)], [1, 1]);
    }),
  { timeoutMs: 50_000 },
);

test.run();
