import type { AgentId } from "@longarm/shared";
import type { Labels } from "@longarm/shared/selector";
import type { DefinitionStore } from "./connection-store.ts";

/** What the controller decided about an agent; it survives the agent's restart. Stored under the agent's id. */
export interface AgentGrant {
  readonly id: AgentId;
  readonly name: string;
  readonly labels: Labels;
  /** `pending`: an administrator has not decided yet. `quarantined`: its state was copied, as it seems; neither copy gets calls. */
  readonly desired: "pending" | "up" | "paused" | "draining" | "quarantined" | "revoked";
  /** Unix milliseconds of the enrolment. */
  readonly enrolledAt: number;
  /** The public halves of the agent's keys, each 32 bytes in base64url; absent: it was granted before agents had keys. */
  readonly keys?: AgentGrantKeys;
  /** How often it was let in; absent: it is let in with whatever it remembers, since an administrator said so. */
  readonly generation?: number;
  /** The nonce of the asking that made this generation. */
  readonly nonce?: string;
  /** The join token that it asked with at first. */
  readonly token?: string;
  /** What it asked for, and from which host, while it is pending. */
  readonly proposed?: { readonly labels: Labels; readonly hostname: string };
  /** The principal that approved it, where one had to. */
  readonly approvedBy?: string;
}

/** See `AgentKeys`. */
export interface AgentGrantKeys {
  readonly identity: string;
  readonly signing: string;
  readonly sealing: string;
}

export type AgentStore = DefinitionStore<AgentGrant>;
