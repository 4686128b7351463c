/** A local copy of an object of the target. */
export interface KeptRecord {
  readonly kind: string;
  readonly connection: string;
  readonly id: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly changedAt: string | null;
  readonly firstSeenAt: string;
  readonly syncedAt: string;
  readonly deletedAt: string | null;
  readonly source: string;
  readonly ageMs: number;
}

export interface RecordList {
  readonly records: readonly KeptRecord[];
  readonly nextCursor: string | null;
  readonly asOf: string | null;
}

export interface RecordKindList {
  readonly kinds: readonly {
    readonly kind: string;
    readonly fields: readonly string[];
    readonly pull: string | null;
    readonly refresh: string;
  }[];
}

/** What a flow tells that has brought records up to date. */
export interface PullOutput {
  readonly mode: string;
  readonly read: number;
  readonly written: number;
  readonly markedDeleted: number;
}
