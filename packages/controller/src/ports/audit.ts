import type { AuditAct, AuditItem, AuditRecord } from "@longarm/shared/audit";

/** Writes down what people and loops do. */
export interface AuditTrail {
  /**
   * Resolves with the record's number in this controller's chain once it is stored and fsynced. Throws `broker_unavailable` or
   * `storage_full`: then what it tells of must not be done, or not be answered.
   */
  record(act: AuditAct): Promise<number>;
  /** Takes note that somebody was turned away; many such notes become one record. */
  denied(denial: Denial): void;
}

/** Who was turned away from what, and by which error's code. */
export interface Denial {
  readonly principal: string;
  readonly operation: string;
  readonly on: readonly string[];
  readonly code: string;
}

/** Which acts are asked for; an absent member restricts nothing. */
export interface AuditQuery {
  /** Unix milliseconds. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  readonly principal?: string;
  /** With `*` at its end for all that begin so. */
  readonly what?: string;
  /** One of the names that the act is on. */
  readonly on?: string;
  /** Only those before this place in the store. */
  readonly before?: number;
  readonly limit: number;
}

/** An act where it stands. */
export interface AuditEntry {
  readonly sequence: number;
  readonly record: AuditRecord & { readonly body: { readonly kind: "act" } & AuditAct };
}

/** Reads what all controllers wrote. */
export interface AuditLog {
  /** Acts, newest first; `next`: where the next page begins, absent: there is none. Throws `broker_unavailable`. */
  list(query: AuditQuery): Promise<{ readonly entries: readonly AuditEntry[]; readonly next?: number }>;
  /** All that verification needs, in the order in which it has to be taken. */
  export(signal: AbortSignal): AsyncIterable<AuditItem>;
}

/** Is told of each message of RUNS that this process has stored. */
export interface RunWitness {
  saw(message: { readonly sequence: number; readonly subject: string; readonly hash: Uint8Array }): void;
}
