import type { ControllerId, Lane, RunId, RunOrigin, RunStatus } from "@longarm/shared";

/** A row of the projection: enough for lists, filters and the rescuer. Times are Unix milliseconds. */
export interface RunRow {
  readonly id: RunId;
  readonly action: string;
  readonly connection: string | null;
  readonly lane: Lane;
  readonly status: RunStatus;
  readonly principal: string;
  readonly owner: ControllerId | null;
  readonly epoch: number;
  /** Ids of agents that carried a call of the run. */
  readonly agents: readonly string[];
  readonly errorCode: string | null;
  /** The reason of a run that waits. In a change it goes with its status: absent beside one, nothing is waited for. */
  readonly waitingFor: string | null;
  readonly callCount: number;
  readonly submittedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** When it must have been started at the latest; null: whenever. */
  readonly startBy: number | null;
  /** What had it started; null: somebody submitted it. */
  readonly origin: RunOrigin | null;
}

/** What one record of the log changes in a row; absent members stay as they are. */
export type RunChange = Partial<Omit<RunRow, "id" | "agents" | "callCount" | "startedAt">> & {
  readonly id: RunId;
  /** Holds where no start is known: the first one stays. Null: it has not been started after all, unless a call of it is counted. */
  readonly startedAt?: number | null;
  /** Added to those already known. */
  readonly agent?: string;
  /** Added to the count. */
  readonly calls?: number;
  /** The run is removed: its row goes, and nothing else that the change says counts. */
  readonly removed?: true;
};

export interface RunFilter {
  readonly status?: readonly RunStatus[];
  /** Only those that wait, and for this reason. */
  readonly waitingFor?: string;
  readonly action?: string;
  readonly connection?: string;
  /** Only those that the schedule of this name had started. */
  readonly schedule?: string;
  /** Only of connections whose names these patterns mean, `*` for any characters. */
  readonly connections?: readonly string[];
  /** Only those that they submitted. */
  readonly principal?: string;
  readonly lane?: Lane;
  readonly agent?: string;
  readonly since?: number;
  readonly until?: number;
  /** Free text over id, action, connection and error code. */
  readonly q?: string;
}

export interface RunListPage {
  readonly rows: readonly RunRow[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
  /** Unix milliseconds of the newest log record that the projection has taken in. */
  readonly asOf: number;
}

/** Which of an owner's unfinished runs. */
export interface UnfinishedPage {
  /** Absent: whether they wait or not. */
  readonly isWaiting?: boolean;
  /** Behind this one. */
  readonly after?: Pick<RunRow, "submittedAt" | "id">;
  readonly limit?: number;
}

/** The rebuildable view of the run log: delete its file and it is made again. */
export interface RunHistory {
  /** Takes in the records up to and including `sequence` of the log's stream, all or none. */
  apply(changes: readonly RunChange[], at: { readonly sequence: number; readonly timeMs: number }): void;
  /** The last stream sequence taken in; 0: none. */
  position(): number;
  /** Newest first. Throws `invalid_request` for a cursor that is none. */
  list(filter: RunFilter, page: { readonly limit: number; readonly cursor?: string }): RunListPage;
  /** Unfinished runs of an owner, the oldest first, for the rescuer. */
  unfinished(owner: ControllerId, page?: UnfinishedPage): readonly RunRow[];
  /** Every owner that still has unfinished runs. */
  owners(): readonly ControllerId[];
  /** Queued runs that should have been started by now, the longest overdue first. */
  overdue(nowMs: number, limit: number): readonly RunId[];
  close(): void;
}
