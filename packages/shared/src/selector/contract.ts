/** Granted to an agent by an administrator. */
export type Labels = Readonly<Record<string, string | readonly string[]>>;

/** Reported by the agent about itself. `freeSlots`, `load` and `reach` are volatile, the rest is stable. */
export interface Facts {
  readonly os: string;
  readonly arch: string;
  readonly version: string;
  readonly hostname: string;
  readonly addresses: readonly string[];
  /** Names of the credentials that its own site defines; absent: none. */
  readonly credentials?: readonly string[];
  readonly freeSlots: number;
  /** 0 to 1: the share of slots in use, or of the processor, whichever is higher. */
  readonly load: number;
  /** Milliseconds to reach the base URL of a connection, by the connection's name; absent: not reached. */
  readonly reach: Readonly<Record<string, number>>;
}
