import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import type { AgentView } from "../../ports/agent-directory.ts";
import { IndexedAgentSelection } from "../agent-selection.ts";

const test = suite("agents whose sites have denied a call");

function agent(name: string): AgentView {
  const facts = { os: "linux", arch: "x64", version: "1", hostname: name, addresses: [], freeSlots: 4, load: 0, reach: {} };
  return {
    ...{ id: newId("agent"), name, state: "up", labels: {}, facts, slots: { total: 4, free: 4 } },
    version: "1",
    protocol: 2,
    lastBeatAt: 0,
  };
}

function choose(agents: readonly AgentView[], denying: readonly AgentView[], seed: string): string {
  const selection = new IndexedAgentSelection({ clock: { monotonicMs: () => 0 } });
  for (const view of agents) selection.upsert(view);
  const placement = { on: "agent", whenNone: "wait" } as const;
  const connection = { name: "acme", baseUrl: "https://acme.okta.com", timeoutMs: 1_000, maxResponseBytes: 1_000, placement };
  const choice = selection.choose({}, { connection, seed, denying: new Set(denying.map(({ id }) => id)) });
  return choice.kind === "chosen" ? choice.agent.name : choice.sentence;
}

test("are passed over for those that have not", () => {
  const agents = [agent("a"), agent("b"), agent("c")];
  const denying = agents.slice(0, 2);
  for (let n = 0; n < 50; n++) assert.equal(choose(agents, denying, `s${n}`), "c");
});

test("are counted when nobody else is there", () => {
  const agents = [agent("a"), agent("b")];
  assert.equal(choose(agents, agents, "s"), "0 of 2 agents match: 2 are denied it by the policy of their sites");
});

test.run();
