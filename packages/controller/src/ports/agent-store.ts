import type { AgentId } from "@longarm/shared";
import { keyFingerprint } from "@longarm/shared/seal";
import type { Labels } from "@longarm/shared/selector";
import type { AgentKeys } from "@longarm/shared/wire";
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

/** An agent's public keys as they are stored. */
export function writtenKeys({ identity, signing, sealing }: AgentKeys): AgentGrantKeys {
  const text = (key: Uint8Array): string => Buffer.from(key).toString("base64url");
  return { identity: text(identity), signing: text(signing), sealing: text(sealing) };
}

/** What people know an agent by: the fingerprint of the key that it signs with. */
export function fingerprintOf({ signing }: AgentGrantKeys): string {
  return keyFingerprint(Buffer.from(signing, "base64url"));
}

export type AgentStore = DefinitionStore<AgentGrant>;
