import type { Secret } from "@longarm/shared";
import type { Labels } from "@longarm/shared/selector";
import type { JoinToken, JoinTokenKind } from "./join-token-store.ts";

/** What a join token is to be. */
export interface JoinTokenRequest {
  readonly kind: JoinTokenKind;
  readonly labels: Labels;
  /** Networks in CIDR form; empty: any. */
  readonly sources: readonly string[];
  readonly ttlMs: number;
  /** The principal that asks for it. */
  readonly createdBy: string;
}

/** A token as it is handed over, once. */
export interface IssuedToken {
  readonly token: JoinToken;
  /** All that an agent needs to ask: the broker's addresses, a right to ask there, the secret, and the installation's public keys. */
  readonly text: Secret;
  /** The fingerprint that the agent's administrator compares the installation's keys with. */
  readonly pin: string;
  /** The broker's addresses that it names. */
  readonly urls: readonly string[];
}

/** Makes join tokens and tells of them. */
export interface JoinDesk {
  /** Throws `invalid_request` for a life that is too long. */
  issue(request: JoinTokenRequest): Promise<IssuedToken>;
  list(): Promise<readonly JoinToken[]>;
  /** Takes a token back; false when there is none of that id. */
  remove(id: string): Promise<boolean>;
}
