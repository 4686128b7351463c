import type { AgentId } from "@longarm/shared";
import type { Labels } from "@longarm/shared/selector";
import type { DefinitionStore } from "./connection-store.ts";

/** What the controller decided about an agent; it survives the agent's restart. Stored under the agent's id. */
export interface AgentGrant {
  readonly id: AgentId;
  readonly name: string;
  readonly labels: Labels;
  readonly desired: "up" | "paused" | "draining" | "revoked";
  /** Unix milliseconds of the enrolment. */
  readonly enrolledAt: number;
  /** The public halves of the agent's keys, each 32 bytes in base64url; absent: it was granted before agents had keys. */
  readonly keys?: AgentGrantKeys;
}

/** See `AgentKeys`. */
export interface AgentGrantKeys {
  readonly identity: string;
  readonly signing: string;
  readonly sealing: string;
}

export type AgentStore = DefinitionStore<AgentGrant>;
