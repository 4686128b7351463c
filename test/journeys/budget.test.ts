import assert from "node:assert/strict";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { ConnectionBudget } from "../../packages/cli/src/api/connection-types.ts";
import { suite } from "../support/suite.ts";
import { connect, type JourneyController, withJourney } from "../support/journey.ts";
import { finished, readSomeone, requestsOf, type RunShown, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { until } from "../support/until.ts";

const test = suite("a budget that all who ask share");

const perWindow = 40;
const reads = 60;
const limits = { concurrent: 75, buckets: [{ covers: "*", perWindow }] };

async function refusals(org: SandboxOrg): Promise<number> {
  const { routes } = (await org.call("GET", "/sandbox/requests")).body as { routes: Record<string, { statuses: Record<string, number> }> };
  return Object.values(routes).reduce((sum, { statuses }) => sum + (statuses["429"] ?? 0), 0);
}

function budgetOf(api: ApiClient): Promise<ConnectionBudget> {
  return api.get<ConnectionBudget>("/v1/connections/sandbox/budget");
}

async function metricsOf({ url, token }: JourneyController): Promise<string> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  assert.match(answer.headers.get("content-type") ?? "", /^text\/plain; version=/);
  return answer.text();
}

test(
  "keeps two controllers and an agent below an org's limit without one refusal, and says meanwhile who waits for what",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox({ limits, limitWindowMs: 8_000 })]);
      const keyRing = join(journey.directory, "keyring.json");
      const one = await journey.controllerProcess({ name: "one", broker, keyRing });
      const two = await journey.controllerProcess({ name: "two", broker, keyRing, token: one.token });
      await journey.agent(one, { name: "hq-1", url: broker.url });
      await connect(one.api, org);
      // Both know the org's own word before the rush.
      for (const { api } of [one, two]) assert.equal((await submit(api, readSomeone)).status, "succeeded");

      const bodies = Array.from({ length: reads }, (_, n) => ({ ...readSomeone, on: n % 2 === 0 ? "local" : "agent.name == 'hq-1'" }));
      const runs = await Promise.all(bodies.map((body, n) => submit(n % 3 === 0 ? two.api : one.api, body, { wait: 0 })));
      const waiting = await until("a run waits for the budget", async () => {
        const { runs: shown } = await one.api.get<{ runs: readonly { id: string; waitingFor: string | null }[] }>(
          "/v1/runs?status=waiting",
        );
        return shown.find(({ waitingFor }) => waitingFor === "budget");
      });
      const { sentence } = (await one.api.get<RunShown>(`/v1/runs/${waiting.id}`)).waiting ?? assert.fail("it waits no more");
      assert.match(sentence, /requests that standard runs may make of bucket GET \/api\/v1\/users\/\{id\}/);
      const bucket = (await budgetOf(one.api)).buckets.find(({ isKnown }) => isKnown);
      assert.deepEqual([bucket?.limit, bucket?.share], [perWindow, perWindow * 0.8]);
      assert.ok((bucket?.waiting.standard ?? 0) > 0);
      assert.match(await metricsOf(one), /^longarm_budget_waiting\{connection="sandbox",bucket="[^"]+",lane="standard"\} [1-9]/m);

      const ended = await Promise.all(runs.map(({ id }) => finished(one.api, id, 40)));
      assert.deepEqual(new Set(ended.map(({ status }) => status)), new Set(["succeeded"]));
      assert.equal(await refusals(org), 0);
      assert.equal(await requestsOf(org, "GET /api/v1/users/{id}"), reads + 2);
      assert.match(await metricsOf(one), /^longarm_calls_total\{connection="sandbox",executor="agent",answer="2xx"\} [1-9]/m);
      // The one hears of the other's last answers a moment later.
      await until("nothing is under way", async () => {
        const { places, buckets } = await budgetOf(two.api);
        return places.open === 0 && buckets.every(({ pending }) => pending === 0);
      });
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
