import { Gauge } from "prom-client";
import { type AgentDirectory, agentStates } from "../ports/agent-directory.ts";
import type { UnfinishedRuns } from "../ports/metrics.ts";
import type { Readiness } from "../ports/readiness.ts";
import type { BudgetSources } from "./budget-gauges.ts";

/** What the gauges read when somebody looks at them. */
export interface GaugeSources extends BudgetSources {
  readonly version: string;
  readonly runs: UnfinishedRuns;
  readonly agents: Pick<AgentDirectory, "list">;
  readonly readiness: () => Promise<Readiness>;
}

// Each is registered by who made it.
const registers: [] = [];

/** The gauges of the controller itself, its agents and its runs; none is registered yet. */
export function createGauges({ version, runs, agents, readiness }: GaugeSources): readonly Gauge[] {
  const info = new Gauge({ name: "longarm_info", help: "The version that runs.", labelNames: ["version"], registers });
  info.set({ version }, 1);
  const ready = new Gauge({
    name: "longarm_ready",
    help: "1 where what a request stands on is well, by what was checked.",
    labelNames: ["check"],
    registers,
    async collect() {
      const { checks } = await readiness();
      for (const [check, { ok }] of Object.entries(checks)) this.set({ check }, Number(ok));
    },
  });
  const unfinished = new Gauge({
    name: "longarm_runs_unfinished",
    help: "Runs of the whole installation that are not finished; each controller tells of all.",
    labelNames: ["status", "lane"],
    registers,
    collect() {
      this.reset();
      for (const { status, lane, count } of runs.countUnfinished()) this.set({ status, lane }, count);
    },
  });
  return [info, ready, unfinished, ...agentGauges(agents)] as readonly Gauge[];
}

function agentGauges(agents: GaugeSources["agents"]): readonly Gauge[] {
  const states = new Gauge({
    name: "longarm_agents",
    help: "Agents as this controller sees them, by state.",
    labelNames: ["state"],
    registers,
    collect() {
      const list = agents.list();
      for (const state of agentStates) this.set({ state }, list.filter((agent) => agent.state === state).length);
    },
  });
  const slotsOf = new Gauge({
    name: "longarm_agent_slots",
    help: "How many calls an agent may carry at once, and how many more it may take now.",
    labelNames: ["agent", "kind"],
    registers,
    collect() {
      this.reset();
      for (const { name: agent, slots } of agents.list()) {
        this.set({ agent, kind: "total" }, slots.total);
        this.set({ agent, kind: "free" }, slots.free);
      }
    },
  });
  return [states, slotsOf] as readonly Gauge[];
}
