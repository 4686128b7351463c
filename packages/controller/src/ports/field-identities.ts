import type { AgentId } from "@longarm/shared";

/** A user JWT for account FIELD, bound to the key that it was made for: who does not hold the private half cannot use it. */
export interface FieldUser {
  readonly jwt: string;
  /** Wall clock, milliseconds. The broker cuts the connection then. */
  readonly expiresAtMs: number;
}

/** For how long, and from which networks (CIDR; none: any), somebody may ask to join. */
export interface BootstrapTerms {
  readonly ttlMs: number;
  readonly sources?: readonly string[];
}

/** Who may use account FIELD of the broker, and for how long. */
export interface FieldIdentities {
  /**
   * A user for this agent's own subjects, and nothing else; `key` is its public identity key (an nkey, `U…`). Ends after an hour or
   * `ttlMs`, whichever is shorter: push a new one at half of it. Throws `invalid_request` for what is no such key.
   */
  mintAgent(agent: AgentId, key: string, options?: { readonly ttlMs?: number }): Promise<FieldUser>;
  /**
   * A user that may only ask to join under this token: publish `enrol.<token>` and hear `enrolled.<token>.*`. `key` as above, of a key
   * pair that the join token carries.
   */
  mintBootstrap(token: string, key: string, terms: BootstrapTerms): Promise<FieldUser>;
  /**
   * Resolves once every server of the broker has been told to cut connections of this key and to accept none of the JWTs made for it so
   * far, nor in the next two hours. Throws `broker_unavailable` (retryable) when no server answers.
   */
  revoke(key: string): Promise<void>;
}
