import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import type { AgentDirectory, AgentView } from "../../ports/agent-directory.ts";
import type { SlotSelection } from "../../ports/selection.ts";
import { carryOn, withCarrying, type Carrying } from "../carrying.fixture.ts";
import { RunCarrier } from "../run-carrier.ts";

const test = suite("a run that waits for an agent");

const agent: AgentView = {
  ...{ id: newId("agent"), name: "hq", state: "up", labels: {}, version: "1", protocol: 1, lastBeatAt: null },
  ...{
    slots: { total: 1, free: 1 },
    facts: { os: "", arch: "", version: "", hostname: "", addresses: [], freeSlots: 1, load: 0, reach: {} },
  },
};

/** A carrier whose only agent comes when `comes` is called. */
function carrierWithAnAgentToCome(world: Carrying) {
  const listeners = new Set<() => void>();
  let isThere = false;
  const directory = { executor: () => world.deps.local } as Partial<AgentDirectory> as AgentDirectory;
  const onFree: SlotSelection["onFree"] = (offer) => {
    listeners.add(offer);
    return () => listeners.delete(offer);
  };
  const none = { kind: "none", sentence: "none is there", failed: [], busy: false } as const;
  const choose: SlotSelection["choose"] = () => (isThere ? { kind: "chosen", agent, why: "any" } : none);
  const selection = { choose, take: () => () => undefined, onFree } as Partial<SlotSelection> as SlotSelection;
  const comes = (): void => {
    isThere = true;
    for (const listener of [...listeners]) listener();
  };
  return { carrier: new RunCarrier({ ...world.deps, directory, selection }), comes };
}

test("goes on when the agent comes while the record of its waiting is being written", () =>
  withCarrying(async (world) => {
    const stored = await world.deps.connections.get("acme");
    assert.ok(stored);
    await world.deps.connections.put("acme", { ...stored.value, placement: { on: "agent", whenNone: "wait" } });
    const { carrier, comes } = carrierWithAnAgentToCome(world);
    const append = world.log.append.bind(world.log);
    world.log.append = async (run, entries, signal) => {
      const result = await append(run, entries, signal);
      if (entries.entries.some(({ kind }) => kind === "parked")) comes();
      return result;
    };
    const run = await world.submit("test.thing.echo");
    await carryOn(carrier, world.log, run);
    assert.equal((await world.records(run)).flat().at(-1)?.kind, "completed");
  }));

test.run();
