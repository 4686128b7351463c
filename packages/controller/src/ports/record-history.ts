import type { RecordKindName } from "@longarm/shared";
import type { KeptRecord, RecordEvent } from "./record-store.ts";

/** What every record can be sorted by, beside the fields of its kind. */
export const commonSorts = ["connection", "id", "firstSeenAt", "syncedAt", "changedAt", "deletedAt"] as const;

/** Which records. All conditions must hold. */
export interface RecordFilter {
  readonly connection?: string;
  /** Only of connections whose names these patterns mean, `*` for any characters. */
  readonly connections?: readonly string[];
  /** Fields of the kind, each equal to one of these texts. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  readonly source?: readonly string[];
  /** Only what is gone, or only what is there; absent: both. */
  readonly isDeleted?: boolean;
  /** Free text over the id and the fields of the kind. */
  readonly q?: string;
}

/** In which order, and how much of it. */
export interface RecordPage {
  /** A field of the kind or one of `commonSorts`; absent: the first field. */
  readonly sort?: string;
  readonly isDescending?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

export interface RecordListPage {
  readonly records: readonly KeptRecord[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
  /** Unix milliseconds of the newest change that the view has taken in; 0: none. */
  readonly asOf: number;
}

/** The rebuildable view of the records: delete its file and it is made again. */
export interface RecordHistory {
  /** Takes in what was stored, all or none. */
  apply(kind: RecordKindName, events: readonly RecordEvent[]): void;
  /** The last sequence of the kind's bucket that was taken in; 0: none. */
  position(kind: RecordKindName): number;
  /** Forgets a kind that was taken from another bucket than this one, or from more than it holds. */
  begin(kind: RecordKindName, bucket: { readonly name: string; readonly lastSequence: number }): void;
  /** Throws `invalid_request` for a cursor that is none. */
  list(kind: RecordKindName, filter: RecordFilter, page: RecordPage): RecordListPage;
  close(): void;
}
