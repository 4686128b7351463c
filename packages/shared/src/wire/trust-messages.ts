/** The public halves of an agent's keys, raw: 32 bytes each. */
export interface AgentKeys {
  /** ed25519: who the agent is for the broker. */
  readonly identity: Uint8Array;
  /** ed25519. */
  readonly signing: Uint8Array;
  /** x25519. */
  readonly sealing: Uint8Array;
}

/** The public keys of an installation, raw: 32 bytes each. */
export interface InstallationKeys {
  /** ed25519: signs these keys, and nothing else. Its fingerprint is what people pin. */
  readonly root: Uint8Array;
  /** Grows with every change. */
  readonly serial: number;
  /** ed25519; the first one signs, and what the others signed still counts. */
  readonly signing: readonly Uint8Array[];
  /** x25519, in the same order. */
  readonly sealing: readonly Uint8Array[];
}

/** An installation's keys as exact bytes, and its root's signature over them. */
export interface SignedInstallationKeys {
  readonly keys: Uint8Array;
  readonly signature: Uint8Array;
}
