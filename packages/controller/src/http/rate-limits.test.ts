import { deepEqual, equal } from "node:assert/strict";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { withScriptedController } from "../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../test/support/suite.ts";
import { newApiToken } from "../access/api-token.ts";

const test = suite("rate limits");

test("who asks too much is told when to come again, and leaves others and the probes alone", async () => {
  const clock = new ManualClock();
  await withScriptedController(
    async ({ ask, url, apiKeys }) => {
      const other = newApiToken();
      await apiKeys.add(other, { principal: "other", scopes: ["runs:read"] });
      const statuses = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await ask("GET", "/v1/runs")).status);
      deepEqual(statuses, [200, 200, 200, 429]);
      const refused = await ask("GET", "/v1/runs");
      deepEqual([refused.headers.get("retry-after"), ((await refused.json()) as { code: string }).code], ["2", "too_many_requests"]);
      equal((await fetch(`${url}/v1/runs`, { headers: { authorization: `Bearer ${other.reveal()}` } })).status, 200);
      for (let i = 0; i < 5; i += 1) equal((await fetch(`${url}/healthz`)).status, 200);
      await clock.advance(2_000);
      equal((await ask("GET", "/v1/runs")).status, 200);
    },
    { clock, rateLimit: { perSecond: 0.5, burst: 3 } },
  );
});

test("keys of one principal share what it may ask", async () => {
  await withScriptedController(
    async ({ url, apiKeys }) => {
      const tokens = [newApiToken(), newApiToken()];
      for (const token of tokens) await apiKeys.add(token, { principal: "ci", scopes: ["runs:read"] });
      const statuses = [];
      for (const token of [...tokens, ...tokens])
        statuses.push((await fetch(`${url}/v1/runs`, { headers: { authorization: `Bearer ${token.reveal()}` } })).status);
      deepEqual(statuses, [200, 200, 429, 429]);
    },
    { clock: new ManualClock(), rateLimit: { perSecond: 1, burst: 2 } },
  );
});

test("logins of strangers are bounded together", async () => {
  await withScriptedController(
    async ({ url }) => {
      const login = () =>
        fetch(`${url}/v1/login`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"code":"llc_guess"}' });
      const statuses = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await login()).status);
      deepEqual(statuses, [401, 401, 429, 429]);
    },
    { clock: new ManualClock(), rateLimit: { perSecond: 1, burst: 2 } },
  );
});

test.run();
