/** A schedule, with where it stands. */
export interface Schedule {
  readonly name: string;
  readonly description?: string;
  readonly target: {
    readonly action: string;
    readonly connection?: string;
    readonly input: unknown;
    readonly lane: string;
    readonly deadline?: string;
    readonly on?: string;
    readonly retry?: Readonly<Record<string, unknown>>;
    readonly concurrencyKey?: string;
    readonly concurrencyLimit?: number;
    readonly startWithin?: string;
    readonly runWithin?: string;
  };
  readonly cron?: string;
  readonly every?: string;
  readonly daily?: { readonly at: readonly string[] };
  readonly weekly?: { readonly on: readonly string[]; readonly at: readonly string[] };
  readonly monthly?: { readonly on: readonly (number | string)[]; readonly at: readonly string[] };
  readonly once?: string;
  readonly timeZone: string;
  readonly start?: string;
  readonly end?: string;
  readonly exclude?: readonly string[];
  readonly jitter?: string;
  readonly overlap: string;
  readonly catchUp: { readonly policy: string; readonly count: number; readonly age: string; readonly grace: string };
  readonly pauseAfterFailures?: number;
  readonly definedBy: string;
  readonly state: {
    readonly paused: { readonly by: string; readonly note: string; readonly at: string; readonly automatic: boolean } | null;
    readonly next: string | null;
    readonly running: readonly { readonly slot: string; readonly runId: string | null }[];
    readonly waiting: number;
    readonly backfill: number;
    readonly failuresInRow: number;
    readonly counts: Readonly<Record<"started" | "overlapped" | "missed" | "withoutAgent" | "refused", number>>;
    readonly lastEnd: {
      readonly slot: string;
      readonly status: string;
      readonly runId: string | null;
      readonly problem: string | null;
    } | null;
  };
  readonly revision: number;
  readonly updatedAt: string;
}

/** What a schedule was; `changed` is null where the version before is not known. */
export interface ScheduleVersion extends Omit<Schedule, "state"> {
  readonly changed: readonly string[] | null;
}

/** A firing time of a schedule that is still to come. */
export interface ScheduleSlot {
  readonly slot: string;
  readonly local: string;
  readonly starts: string;
  readonly note?: string;
}

/** A sync, with what is known of its last run. */
export interface Sync {
  readonly name: string;
  readonly connection: string;
  readonly streams: readonly string[];
  readonly mode: "full" | "incremental";
  readonly sink: string;
  readonly overlap: string;
  readonly fullEvery: string;
  readonly parallel: number;
  readonly maxDeleted: number | string;
  readonly lastRun: { readonly id: string; readonly pages: number; readonly items: number } | null;
  readonly revision: number;
  readonly updatedAt: string;
}

/** What a finished run of a sync tells. */
export interface SyncOutput {
  readonly outcome: "complete" | "incomplete";
  readonly mode: "full" | "incremental";
  readonly counts: Readonly<Record<string, { readonly written: number; readonly marked: number; readonly faults: number }>>;
  readonly skipped: readonly { readonly step: string; readonly error: { readonly message: string } }[];
  readonly unswept: readonly string[];
}
