import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import type { Agent, Call } from "../../packages/cli/src/api/types.ts";
import { connect, withJourney, type Journey } from "../support/journey.ts";
import { readSomeone, requestsOf, submit, type RunShown } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { until } from "../support/until.ts";
import { suite } from "../support/suite.ts";

const test = suite("runs through agents whose sites have policies");

/** Journeys take their time on a machine that has other things to do. */
const patient = { timeoutMs: 60_000 };
const route = "GET /api/v1/users/{id}";

/** A policy under which the org's users may be read, or nothing that a run here wants. */
function policyOf(org: SandboxOrg, kind: "reads" | "denies"): string {
  const path = kind === "reads" ? "/api/v1/users/{id}" : "/api/v1/groups";
  return `rules: [{name: ${kind}, origins: ["${new URL(org.url).origin}"], allow: ["GET ${path}"], addresses: [127.0.0.0/8]}]`;
}

async function set(journey: Journey, policies: Readonly<Record<string, "reads" | "denies">>) {
  const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
  await connect(controller.api, org);
  await Promise.all(Object.entries(policies).map(([name, kind]) => journey.agent(controller, { name, policy: policyOf(org, kind) })));
  return { controller, org };
}

const hashOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** Resolves once the controller has heard that the agent goes by the policy of this hash. */
async function policyHeld(api: ApiClient, name: string, hash: string): Promise<{ readonly hash: string }> {
  let policy: { readonly hash: string } | null | undefined;
  await until("the policy holds", async () => {
    ({ policy } = await api.get<Agent>(`/v1/agents/${name}`));
    return policy?.hash === hash;
  });
  return policy ?? assert.fail();
}

const callsOf = ({ calls }: RunShown): readonly Call[] => calls as unknown as readonly Call[];

test(
  "end with the rule that comes nearest when the only agent's site denies them, at once and with nothing sent",
  () =>
    withJourney(async (journey) => {
      const { controller, org } = await set(journey, { "hq-1": "denies" });
      const run = await submit(controller.api, { ...readSomeone, on: "true" });
      assert.deepEqual([run.status, run.error?.code], ["failed", "policy_denied"]);
      assert.match(run.error?.message ?? "", /the nearest is rule "denies", but it lists no path of this form/);
      const [call] = callsOf(run);
      assert.deepEqual([call?.outcome, call?.error?.code], ["not_sent", "policy_denied"]);
      assert.match(call?.policy?.hash ?? "", /^sha256:/);
      assert.equal(await requestsOf(org, route), 0);
    }),
  patient,
);

test(
  "go to another agent whose site allows them, and say which policy and rule did",
  () =>
    withJourney(async (journey) => {
      const { controller, org } = await set(journey, { "hq-1": "denies", "hq-2": "denies", "hq-3": "reads" });
      for (let n = 0; n < 5; n++) {
        const run = await submit(controller.api, { ...readSomeone, on: "true" });
        assert.equal(run.status, "succeeded", run.error?.message);
        const last = callsOf(run).at(-1);
        assert.deepEqual([last?.executor.name, last?.policy?.rule], ["hq-3", "reads"]);
        for (const call of callsOf(run).slice(0, -1)) assert.equal(call.error?.code, "policy_denied");
      }
      assert.equal(await requestsOf(org, route), 5);
      const { stdout } = await controller.longarm("agents", "show", "hq-3");
      assert.match(stdout, /policy\s+sha256:[0-9a-f]{64}/);
    }),
  patient,
);

test(
  "go on with the connection's next selector when the sites of the first one's agents deny them, and never from the controller",
  () =>
    withJourney(async (journey) => {
      const { controller } = await set(journey, { "hq-1": "denies", "branch-1": "reads" });
      const { api } = controller;
      const { body: connection } = await api.ask<Record<string, unknown>>("GET", "/v1/connections/sandbox");
      const { revision: _revision, updatedAt: _updatedAt, ...form } = connection;
      const first = { on: "agent", require: "agent.name == 'hq-1'" };
      await api.ask("PUT", "/v1/connections/sandbox", {
        body: { ...form, placement: { ...first, whenNone: "next", next: [{ require: "agent.name == 'branch-1'" }] } },
      });
      const run = await submit(api, readSomeone);
      assert.deepEqual([run.status, callsOf(run).at(-1)?.executor.name], ["succeeded", "branch-1"]);
      await api.ask("PUT", "/v1/connections/sandbox", { body: { ...form, placement: { ...first, whenNone: "local" } } });
      const denied = await submit(api, readSomeone);
      assert.deepEqual([denied.status, denied.error?.code], ["failed", "policy_denied"]);
    }),
  patient,
);

test(
  "are judged by the changed file after a SIGHUP, by the same process",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(controller.api, org);
      const agent = await journey.agentProcess(controller, { name: "hq-1", policy: policyOf(org, "denies") });
      assert.equal((await submit(controller.api, { ...readSomeone, on: "true" })).error?.code, "policy_denied");
      writeFileSync(join(journey.directory, "policy-hq-1.yaml"), policyOf(org, "reads"));
      agent.kill("SIGHUP");
      const { hash } = await policyHeld(controller.api, "hq-1", hashOf(policyOf(org, "reads")));
      const run = await submit(controller.api, { ...readSomeone, on: "true" });
      assert.deepEqual([run.status, callsOf(run).at(-1)?.policy], ["succeeded", { hash, rule: "reads" }]);
    }),
  patient,
);

test(
  "stream through an agent whose site allows it, when another one's does not",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(controller.api, org);
      const lists = `rules: [{name: lists, origins: ["${new URL(org.url).origin}"], allow: ["GET /api/v1/users"], addresses: [127.0.0.0/8]}]`;
      await journey.agent(controller, { name: "hq-1", policy: policyOf(org, "denies") });
      const stream = { action: "okta.user.stream", connection: "sandbox", input: {}, on: "true" };
      const denied = await submit(controller.api, stream);
      assert.deepEqual([denied.status, denied.error?.code], ["failed", "policy_denied"]);
      await journey.agent(controller, { name: "hq-2", policy: lists });
      for (let n = 0; n < 4; n++) {
        const run = await submit(controller.api, stream);
        assert.equal(run.status, "succeeded", run.error?.message);
        assert.equal((run.output as { items: number }).items, 20);
      }
    }),
  patient,
);

test.run();
