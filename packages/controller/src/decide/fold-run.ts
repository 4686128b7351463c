import {
  isBeforeStart,
  type Completed,
  type ControllerId,
  type Intent,
  type LogEntry,
  type Outcome,
  type Parked,
  type StepBegun,
  type StepEnded,
  type Verdict,
} from "@longarm/shared";

/** A person's word on an outcome that nobody knew. */
export interface Resolution {
  readonly principal: string;
  readonly status: "succeeded" | "failed";
  readonly note: string;
  readonly atMs: number;
}

/** What a run's log says, entry by entry folded together. */
export interface RunState {
  readonly owner: ControllerId | null;
  readonly epoch: number;
  /** Unix milliseconds of the first claim. */
  readonly startedAtMs: number | null;
  /** In the order they were written. */
  readonly intents: readonly Intent[];
  readonly outcomes: readonly Outcome[];
  /** Of a flow: its steps' beginnings and ends, in order. */
  readonly steps: readonly (StepBegun | StepEnded)[];
  readonly parked: Parked | null;
  readonly cancelRequestedBy: string | null;
  /** Unix milliseconds. */
  readonly cancelRequestedAtMs: number | null;
  readonly completed: Completed | null;
  /** How a person settled an unknown outcome. */
  readonly resolved: Resolution | null;
  /** Who was given the secret outputs. */
  readonly secretsRead: { readonly principal: string; readonly atMs: number } | null;
  /** What somebody else decided of it, where that was waited for. */
  readonly verdict: (Verdict & { readonly atMs: number }) | null;
  readonly endedAtMs: number | null;
}

/** A run of which nothing but its submission is known. */
export const freshRun: RunState = {
  owner: null,
  epoch: 0,
  startedAtMs: null,
  intents: [],
  outcomes: [],
  steps: [],
  parked: null,
  cancelRequestedBy: null,
  cancelRequestedAtMs: null,
  completed: null,
  resolved: null,
  secretsRead: null,
  verdict: null,
  endedAtMs: null,
};

/** Takes one record into the state. Entries behind `completed` change nothing but the first `resolved` and the first `secretsRead`. */
export function foldRecord(
  state: RunState,
  record: { readonly epoch: number; readonly timeMs: number; readonly entries: readonly LogEntry[] },
): RunState {
  return record.entries.reduce((folded, entry) => foldEntry(folded, entry, record), state);
}

/** Has the run done anything yet: made a call, or begun a step? */
export function hasCalled({ intents, outcomes, steps }: RunState): boolean {
  return intents.length > 0 || outcomes.length > 0 || steps.length > 0;
}

function foldEntry(state: RunState, entry: LogEntry, at: { readonly epoch: number; readonly timeMs: number }): RunState {
  if (state.completed && entry.kind !== "resolved" && entry.kind !== "secretsRead") return state;
  switch (entry.kind) {
    case "claimed":
      return { ...state, owner: entry.controllerId, epoch: at.epoch, startedAtMs: state.startedAtMs ?? at.timeMs };
    case "intent":
      return { ...state, intents: [...state.intents, entry], parked: null };
    case "outcome":
      return { ...state, outcomes: [...state.outcomes, entry], parked: null };
    case "parked":
      return { ...state, parked: entry, ...(isBeforeStart(entry) && !hasCalled(state) && { startedAtMs: null }) };
    case "resumed":
      return { ...state, parked: null, startedAtMs: state.startedAtMs ?? at.timeMs };
    case "cancelRequested":
      return { ...state, cancelRequestedBy: entry.principal, cancelRequestedAtMs: state.cancelRequestedAtMs ?? at.timeMs };
    case "completed":
      return { ...state, completed: entry, parked: null, endedAtMs: at.timeMs };
    case "stepBegun":
    case "stepEnded":
      return { ...state, steps: [...state.steps, entry] };
    case "resolved":
      if (state.completed?.status !== "outcome_unknown") return state;
      return {
        ...state,
        completed: { ...state.completed, status: entry.status },
        resolved: { principal: entry.principal, status: entry.status, note: entry.note, atMs: at.timeMs },
      };
    case "approved":
    case "denied":
      // The first one counts, and only where it was asked for.
      return state.verdict || state.parked?.reason !== "approval" ? state : { ...state, verdict: { ...entry, atMs: at.timeMs } };
    case "secretsRead":
      if (!state.completed || state.secretsRead) return state;
      return { ...state, secretsRead: { principal: entry.principal, atMs: at.timeMs } };
  }
}
