import { type AgentId, LongarmError, newId } from "@longarm/shared";
import type { RestExecutor } from "@longarm/shared/rest";
import type { AgentDirectory, AgentState, AgentView, Approval } from "../../../packages/controller/src/ports/agent-directory.ts";

/** An agent that is up, but for what the test wants otherwise. */
export function anyAgent(over: Partial<AgentView> = {}): AgentView {
  const facts = { os: "linux", arch: "x64", version: "0.1.0", hostname: "hq", addresses: [], freeSlots: 4, load: 0, reach: {} };
  const labels = { site: "hq", capabilities: ["rest", "okta"] };
  const blank = {
    id: newId("agent"),
    name: "hq-1",
    state: "up",
    labels,
    facts,
    slots: { total: 4, free: 4 },
    version: "0.1.0",
    protocol: 1,
  } as const;
  return { ...blank, lastBeatAt: Date.parse("2026-01-02T03:04:05Z"), ...over };
}

/** Agents that stand where a test has put them. */
export class ScriptedAgents implements AgentDirectory {
  readonly agents: AgentView[] = [];

  list(): readonly AgentView[] {
    return this.agents;
  }

  find(idOrName: string): AgentView | undefined {
    return this.agents.find((agent) => agent.id === idOrName || agent.name === idOrName);
  }

  onChange(): () => void {
    return () => undefined;
  }

  executor(): RestExecutor {
    throw new LongarmError("internal", "Nothing is called through scripted agents.");
  }

  async setDesired(id: AgentId, desired: AgentState & ("up" | "paused" | "draining" | "revoked")): Promise<AgentView> {
    const at = this.agents.findIndex((agent) => agent.id === id);
    const before = this.agents[at];
    if (!before) throw new LongarmError("unknown_agent");
    const after: AgentView = { ...before, state: desired };
    this.agents[at] = after;
    return after;
  }

  approve({ agent }: Approval): Promise<AgentView> {
    return this.setDesired(agent, "up");
  }
}
