import type { AgentId } from "@longarm/shared";
import type { Facts, Labels } from "@longarm/shared/selector";
import type { HeldPolicy, JournalState } from "@longarm/shared/wire";
import type { RestExecutor } from "@longarm/shared/rest";

export const agentStates = ["pending", "up", "suspect", "lost", "paused", "draining", "quarantined", "revoked"] as const;
export type AgentState = (typeof agentStates)[number];

/** An agent as this controller sees it now. */
export interface AgentView {
  readonly id: AgentId;
  readonly name: string;
  readonly state: AgentState;
  readonly labels: Labels;
  readonly facts: Facts;
  readonly slots: { readonly total: number; readonly free: number };
  readonly version: string;
  readonly protocol: number;
  /** Unix milliseconds of the last beat on this controller's clock; null: none since it started. */
  readonly lastBeatAt: number | null;
  /** Of calls that change something; absent: it has told of none. */
  readonly journal?: { readonly id: string; readonly state: JournalState };
  /** The policy of its site, by its last beat; absent: it has told of none. */
  readonly policy?: HeldPolicy;
  /** Of the key that it signs with. */
  readonly fingerprint?: string;
  /** What it asks for, and from which host, while it waits for an administrator. */
  readonly proposed?: { readonly labels: Labels; readonly hostname: string };
}

/** An administrator's word about an agent that waits. */
export interface Approval {
  readonly agent: AgentId;
  /** What the agent printed; where it is given, the agent must be known by it. */
  readonly fingerprint?: string;
  /** What it is granted; absent: what it proposed. */
  readonly labels?: Labels;
  /** The principal. */
  readonly by: string;
}

/** The agents, their presence, and the way to each. Reads are synchronous: the directory is kept in memory from beats and grants. */
export interface AgentDirectory {
  list(): readonly AgentView[];
  find(idOrName: string): AgentView | undefined;
  /** Runs `listener` after each change that could let a waiting run go on; returns the way to stop that. */
  onChange(listener: () => void): () => void;
  /** Sends calls to this agent, and only to it. A call to a lost agent fails with `agent_lost`. */
  executor(agent: AgentId, check: AgentCheck): RestExecutor;
  /** Stores the desired state and tells the agent. */
  setDesired(agent: AgentId, desired: "up" | "paused" | "draining" | "revoked"): Promise<AgentView>;
  /** Lets one in that is pending or quarantined. Throws `invalid_state` where it waits for nothing, `conflict` for another fingerprint. */
  approve(approval: Approval): Promise<AgentView>;
}

/** What the agent evaluates again against its own granted labels before it acts. */
export interface AgentCheck {
  /** CEL; absent: any agent will do. */
  readonly selector?: string;
  readonly connection: string;
  readonly target: { readonly host: string; readonly addresses: readonly string[] };
}
