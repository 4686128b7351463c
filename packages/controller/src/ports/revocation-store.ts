import type { DefinitionStore } from "./connection-store.ts";

/** A broker user's key whose JWTs made so far are refused. Stored under the key. */
export interface Revocation {
  /** The public identity key (an nkey, `U…`). */
  readonly key: string;
  /** Wall clock, whole seconds: JWTs made at or before it are refused. */
  readonly at: number;
}

export type RevocationStore = DefinitionStore<Revocation>;
