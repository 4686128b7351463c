import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import type { AgentView } from "../../ports/agent-directory.ts";
import type { Connection } from "../../ports/connection-store.ts";
import { IndexedAgentSelection } from "../agent-selection.ts";

const test = suite("agents whose journal is closed");
const connection: Connection = {
  ...{ name: "acme", baseUrl: "https://acme.okta.com", timeoutMs: 1_000, maxResponseBytes: 1_000 },
  placement: { on: "agent", whenNone: "wait" },
};

function agent(name: string, state?: "open" | "full" | "failed"): AgentView {
  const facts = { os: "linux", arch: "x64", version: "1", hostname: name, addresses: [], freeSlots: 4, load: 0, reach: {} };
  return {
    ...{ id: newId("agent"), name, state: "up", labels: {}, facts, slots: { total: 4, free: 4 } },
    ...{ version: "1", protocol: 1, lastBeatAt: 0, ...(state && { journal: { id: "j1", state } }) },
  };
}

function choose(agents: readonly AgentView[], isChanging: boolean): string {
  const selection = new IndexedAgentSelection({ clock: { monotonicMs: () => 0 } });
  for (const view of agents) selection.upsert(view);
  const choice = selection.choose({}, { connection, seed: "s", isChanging });
  return choice.kind === "chosen" ? choice.agent.name : choice.sentence;
}

test("are passed over by what changes something, and read through", () => {
  const agents = [agent("failed", "failed"), agent("full", "full"), agent("sound", "open")];
  assert.equal(choose(agents, true), "sound");
  assert.equal(choose([agent("failed", "failed")], false), "failed");
});

test("are counted when nobody else is there", () => {
  const agents = [agent("a", "failed"), agent("b", "failed"), agent("c", "full")];
  assert.equal(choose(agents, true), "0 of 3 agents match: 2 have journals that are failed, 1 has a journal that is full");
});

test("are chosen when they tell of no journal: the agent itself decides", () => {
  assert.equal(choose([agent("old")], true), "old");
});

test.run();
