import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import { connect, type Journey, type JourneyController, withJourney } from "../support/journey.ts";
import { delay, finished, itemsOf, readSomeone, submit } from "../support/journey-runs.ts";
import type { RunningProcess } from "../support/processes.ts";

const test = suite("agents that die");

const users = 10_000;
const killAfter = 2_000;
const onAgents = { on: "agent", require: "labels.site == 'hq'" };

async function twoAgents(journey: Journey, controller: JourneyController): Promise<ReadonlyMap<string, RunningProcess>> {
  const names = ["hq-1", "hq-2"];
  const agents = await Promise.all(names.map((name) => journey.agentProcess(controller, { name, labels: { site: "hq" } })));
  return new Map(names.map((name, index) => [name, agents[index] as RunningProcess]));
}

test(
  "finishes reads on the other agent when one has stopped before it could take them",
  async () => {
    await withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      const { api } = controller;
      await connect(api, org, onAgents);
      const agents = await twoAgents(journey, controller);
      const stopped = agents.get("hq-1");
      stopped?.kill("SIGSTOP");
      const submitted = await Promise.all(Array.from({ length: 10 }, () => submit(api, readSomeone, { wait: 0 })));
      const runs = await Promise.all(submitted.map(({ id }) => finished(api, id)));
      stopped?.kill("SIGKILL");
      for (const run of runs) {
        assert.equal(run.status, "succeeded");
        assert.equal(run.calls.at(-1)?.executor.name, "hq-2");
      }
    });
  },
  { timeoutMs: 60_000 },
);

async function carrierOf({ api }: JourneyController, id: string): Promise<string> {
  type Entry = { readonly kind: string; readonly facts: { readonly executor?: { readonly agentName?: string } } };
  const { entries } = await api.get<{ readonly entries: readonly Entry[] }>(`/v1/runs/${id}/log`);
  return entries.findLast((entry) => entry.kind === "intent")?.facts.executor?.agentName ?? "";
}

test(
  "streams 10,000 users, each once, though the agent that carries them is killed on the way",
  async () => {
    await withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users })]);
      const { api } = controller;
      await connect(api, org, onAgents);
      const agents = await twoAgents(journey, controller);
      await delay(org, { method: "GET", path: "/api/v1/users" }, 10);
      const { id } = await submit(api, { action: "okta.user.stream", connection: "sandbox", input: {} }, { wait: 0 });
      let killed: string | undefined;
      const ids = await itemsOf(api, id, async (count) => {
        if (killed !== undefined || count < killAfter) return;
        killed = await carrierOf(controller, id);
        agents.get(killed)?.kill("SIGKILL");
      });
      assert.deepEqual([ids.length, new Set(ids).size], [users, users]);
      const run = await finished(api, id);
      assert.equal(run.status, "succeeded");
      const carriers = new Set(run.calls.map((call) => call.executor.name));
      assert.deepEqual([carriers.size, carriers.has(killed)], [2, true]);
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
