import type { AgentId } from "@longarm/shared";
import type { Labels } from "@longarm/shared/selector";
import type { DefinitionStore } from "./connection-store.ts";

/**
 * `once` lets one agent in with its labels; `ask` may be used by many, lets nobody in, and leaves each asking to an administrator.
 */
export type JoinTokenKind = "once" | "ask";

/** A right to ask for enrolment. The secret itself is kept nowhere. Stored under its id. */
export interface JoinToken {
  readonly id: string;
  readonly kind: JoinTokenKind;
  /** What an agent that joins with it is granted; of a token that may only ask, what is proposed to the administrator. */
  readonly labels: Labels;
  /** Networks that an agent may come from, as the broker sees it; empty: any. */
  readonly sources: readonly string[];
  /** SHA-256 of the secret, base64url. */
  readonly secretHash: string;
  /** The principal that made it. */
  readonly createdBy: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  /** Who came in with it, of a token that is used once. */
  readonly usedBy?: { readonly agent: AgentId; readonly fingerprint: string; readonly at: number };
}

export type JoinTokenStore = DefinitionStore<JoinToken>;
