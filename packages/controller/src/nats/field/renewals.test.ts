import assert from "node:assert/strict";
import { type AgentId, field, newId } from "@longarm/shared";
import { createLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { Renewals, renewEveryMs } from "./renewals.ts";

const test = suite("renewals of agents' rights");

function open() {
  const clock = new ManualClock();
  const pushed: string[] = [];
  const agents: AgentId[] = [newId("agent"), newId("agent")];
  const world = { clock, pushed, agents, fails: false };
  const renewals = new Renewals({
    rights: async (agent) => {
      if (world.fails) throw new Error("no broker");
      return { jwt: `work ${agent}`, returnJwt: `back ${agent}` };
    },
    up: () => agents,
    publish: (subject) => pushed.push(subject),
    clock,
    logger: createLogger("test", "silent"),
    random: () => 1,
  });
  const live = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 60_000) {
      await renewals.renewDue();
      await clock.advance(60_000, 60_000);
    }
    await renewals.renewDue();
  };
  return { ...world, world, live };
}

test("reach every agent that is up at least once in half of their life", async () => {
  const { agents, pushed, live } = open();
  await live(2 * renewEveryMs);
  for (const agent of agents) {
    const count = pushed.filter((subject) => subject === field.jwt(agent)).length;
    assert.ok(count >= 2 && count <= 3, `${count} renewals`);
  }
});

test("are not pushed to who is away, and go on after one has failed", async () => {
  const { agents, pushed, live, world } = open();
  const [gone] = agents.splice(0, 1);
  world.fails = true;
  await live(renewEveryMs);
  assert.equal(pushed.length, 0);
  world.fails = false;
  await live(renewEveryMs);
  assert.ok(pushed.length > 0 && !pushed.includes(field.jwt(gone as AgentId)));
});

test.run();
