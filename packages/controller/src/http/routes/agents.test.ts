import { deepEqual, equal, match } from "node:assert/strict";
import { anyAgent } from "../../../../../test/support/scripted/agents.ts";
import { withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import type { AgentView } from "../../ports/agent-directory.ts";
import { suite } from "../../../../../test/support/suite.ts";

const test = suite("routes of agents");

type Json = Record<string, unknown>;

test("shows agents by id and by name, and changes what is wanted of them", async () => {
  await withScriptedController(async ({ ask, agents }) => {
    const agent = anyAgent();
    agents.agents.push(agent);
    equal(((await (await ask("GET", "/v1/agents")).json()) as { agents: Json[] }).agents[0]?.["lastBeatAt"], "2026-01-02T03:04:05.000Z");
    for (const [verb, state] of [
      ["pause", "paused"],
      ["resume", "up"],
      ["drain", "draining"],
      ["revoke", "revoked"],
    ] as const) {
      const response = await ask("POST", `/v1/agents/hq-1/${verb}`);
      deepEqual([response.status, ((await response.json()) as Json)["state"]], [200, state]);
    }
    equal((await ask("GET", `/v1/agents/${agent.id}`)).status, 200);
    equal((await ask("POST", "/v1/agents/nobody/pause")).status, 404);
  });
});

test("lets in the one of several agents of a name that is known by the fingerprint, and none without it", async () => {
  await withScriptedController(async ({ ask, agents }) => {
    const [own, foreign] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
    const named = (fingerprint: string) => anyAgent({ name: "dc-1", state: "pending", fingerprint });
    const [asked, meant] = [named(foreign), named(own)];
    agents.agents.push(asked, meant);
    const refused = await ask("POST", "/v1/agents/dc-1/approve", { body: {} });
    const { code, detail } = (await refused.json()) as Json;
    deepEqual([refused.status, code], [409, "conflict"]);
    match(String(detail), new RegExp(`${asked.id} \\(${foreign}\\), ${meant.id} \\(${own}\\)`));
    const approved = await ask("POST", "/v1/agents/dc-1/approve", { body: { fingerprint: own } });
    deepEqual([approved.status, ((await approved.json()) as Json)["id"]], [200, meant.id]);
  });
});

test("revokes by name the agent that was let in, and none of several", async () => {
  await withScriptedController(async ({ ask, agents }) => {
    const named = (state: AgentView["state"]): AgentView => anyAgent({ name: "dc-1", state });
    const [up, paused] = [named("up"), named("paused")];
    agents.agents.push(named("pending"), named("lost"), paused, up);
    equal((await ask("POST", "/v1/agents/dc-1/revoke")).status, 409);
    equal((await ask("POST", `/v1/agents/${paused.id}/revoke`)).status, 200);
    const revoked = await ask("POST", "/v1/agents/dc-1/revoke");
    deepEqual([revoked.status, ((await revoked.json()) as Json)["id"]], [200, up.id]);
  });
});

test("shows the load of an agent without digits that say nothing", async () => {
  await withScriptedController(async ({ ask, agents }) => {
    const agent = anyAgent();
    agents.agents.push({ ...agent, facts: { ...agent.facts, load: 1 / 3 } });
    deepEqual(((await (await ask("GET", "/v1/agents/hq-1")).json()) as { facts: Json }).facts["load"], 0.33);
  });
});

test("explains for each agent which condition failed", async () => {
  await withScriptedController(async ({ ask, agents }) => {
    agents.agents.push(anyAgent(), anyAgent({ name: "branch-1", labels: { site: "branch" } }));
    const response = await ask("POST", "/v1/selectors/explain", { body: { selector: "labels.site == 'hq'" } });
    const explained = (await response.json()) as {
      matched: number;
      total: number;
      agents: { agent: { name: string }; failed: string | null }[];
    };
    deepEqual([explained.matched, explained.total], [1, 2]);
    const byName = explained.agents.toSorted((one, other) => one.agent.name.localeCompare(other.agent.name));
    deepEqual(
      byName.map(({ agent, failed }) => [agent.name, failed]),
      [
        ["branch-1", "labels.site == 'hq'"],
        ["hq-1", null],
      ],
    );
    equal((await ask("POST", "/v1/selectors/explain", { body: { selector: "labels.site ==" } })).status, 422);
    equal((await ask("POST", "/v1/selectors/explain", { body: { selector: "true", connection: "nope" } })).status, 404);
    equal((await ask("POST", "/v1/selectors/explain", { body: {} })).status, 422);
  });
});

test.run();
