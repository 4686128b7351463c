import type { EffectClass } from "./effect.ts";
import type { ErrorBody } from "./errors.ts";
import type { AgentId, CallId, ControllerId, RunId } from "./ids.ts";
import type { Lane, RunStatus } from "./run.ts";
import type { RunTerms } from "./run-terms.ts";
import type { EventChain } from "./trigger.ts";

/** What was asked for, as it was accepted: the one message that makes a run exist. Times are Unix milliseconds. */
export interface Submission {
  readonly runId: RunId;
  readonly action: string;
  readonly actionVersion: number;
  readonly connection: string | null;
  /** Of a flow: the connections that its steps may name, as its submitter was granted them (`*`: any characters); absent: only its own. */
  readonly connections?: readonly string[];
  /** Its secret members are sealed one by one. */
  readonly input: unknown;
  readonly lane: Lane;
  readonly deadlineMs: number | null;
  readonly narrowedTo: string | null;
  readonly principal: string;
  readonly fingerprint: Uint8Array;
  readonly submittedAtMs: number;
  /** Only tells what would be changed. */
  readonly dryRun: boolean;
  /** Absent: none of its own. */
  readonly terms?: RunTerms;
  /** Absent: somebody submitted it. */
  readonly origin?: RunOrigin;
  /** Absent: no event started it. */
  readonly chain?: EventChain;
}

/** What may start runs by itself. */
export const originKinds = ["schedule", "trigger", "hook"] as const;

/** What had a run started that nobody submitted by hand. */
export interface RunOrigin {
  readonly kind: (typeof originKinds)[number];
  readonly name: string;
  /** Of a schedule: the firing time that the run is of, Unix milliseconds; absent: it was run by hand. */
  readonly slotMs?: number;
}

/** What is kept of a run that was removed. Times are Unix milliseconds. */
export interface EndedRun extends Pick<
  Submission,
  "runId" | "action" | "connection" | "lane" | "dryRun" | "fingerprint" | "submittedAtMs"
> {
  /** How it had ended. */
  readonly status: RunStatus;
  /** Null: it ended without having been started. */
  readonly startedAtMs: number | null;
  readonly endedAtMs: number;
  readonly removedAtMs: number;
  /** A principal, or `retention`. */
  readonly removedBy: string;
}

/** Chunks stored before the record that names them. */
export interface BlobRef {
  readonly part: string;
  readonly attempt: number;
  readonly chunks: number;
  readonly length: number;
  readonly sha256: Uint8Array;
  /** Under which claim it was written: an owner that was overtaken cannot write over what its successor wrote. */
  readonly epoch: number;
}

/** Bytes that stand in the record itself, or beside it when they are many. */
export type Bytes = { readonly kind: "inline"; readonly bytes: Uint8Array } | { readonly kind: "blob"; readonly blob: BlobRef };

/** What a call is recognised by on replay. */
export interface CallIdentity {
  readonly callId: CallId;
  /** Branches of a flow, outermost first; empty for an action. */
  readonly branch: string;
  readonly ordinal: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** HMAC of the body. */
  readonly bodyHash: Uint8Array;
}

/** Where a call went, and the condition that chose it. */
export type ExecutorChoice = { readonly why: string } & (
  | { readonly kind: "local" }
  | { readonly kind: "agent"; readonly agentId: AgentId; readonly agentName: string }
);

/** One attempt of one call. */
export interface Attempt {
  readonly call: CallIdentity;
  /** From 1. */
  readonly attempt: number;
  readonly effect: EffectClass;
  readonly executor: ExecutorChoice;
}

/** Written before a call leaves, for every class but `read`, and for each segment of a stream. */
export interface Intent extends Attempt {
  readonly kind: "intent";
  readonly notAfterMs: number;
  /** Streams: the cursor that the segment begins at. */
  readonly resumeAt: string | null;
  /** The journal of the agent that it goes to, by that agent's last beat. */
  readonly journalId?: string;
}

/** What became of one attempt. */
export interface Outcome extends Attempt {
  readonly kind: "outcome";
  readonly result: "response" | "not_sent" | "unknown";
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | null;
  /** The redacted call record (`CallRecord`), for people. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Milliseconds from the action asking for the call to its leaving. */
  readonly queuedMs: number;
  readonly error: ErrorBody | null;
  /** Was another attempt to follow? */
  readonly superseded: boolean;
  /** Was its answer lost, and found by reading the target's state? */
  readonly isReconciled?: boolean;
}

/** The run waits for something, and holds no slot meanwhile. */
export interface Parked {
  readonly kind: "parked";
  readonly reason: string;
  readonly sentence: string;
  readonly sinceMs: number;
  readonly untilMs: number | null;
  /** The call that waits, and the stage of its placement. */
  readonly ordinal: number;
  readonly stage: number;
}

/** The run goes on. */
export interface Resumed {
  readonly kind: "resumed";
  /** Has it waited for its start itself, so that it begins only now? */
  readonly starts?: boolean;
}

const reasonsBeforeStart: ReadonlySet<string> = new Set(["approval", "concurrency_key", "concurrency_limit"]);

/** Do runs wait for this before they are started? */
export function isBeforeStart({ reason }: Pick<Parked, "reason">): boolean {
  return reasonsBeforeStart.has(reason);
}

/** Somebody else than the submitter lets the run go on, or ends it. */
export interface Verdict {
  readonly kind: "approved" | "denied";
  readonly principal: string;
  /** Empty: nothing was said. */
  readonly note: string;
}

/** What a flow can do in a step. */
export const stepKinds = ["run", "call", "stream", "sleep", "log", "records", "event"] as const;
/** One of them. */
export type StepKind = (typeof stepKinds)[number];

/** A flow begins a step: written before anything of it happens. */
export interface StepBegun {
  readonly kind: "stepBegun";
  /** Branches, outermost first, and the place in the innermost: `3.0/1`. */
  readonly path: string;
  readonly step: StepKind;
  /** What is run; of a log line, the line; of records, what is done with them; of an event, its type. */
  readonly name: string;
  /** HMAC of the input. */
  readonly inputHash: Uint8Array;
  /** JSON for people, its secret members left out; null: it is long. */
  readonly input: string | null;
  /** The run that the step is. */
  readonly child: RunId | null;
  /** Until when it sleeps, or waits for an event, Unix milliseconds. */
  readonly untilMs: number | null;
  /** Of a wait for an event: behind which place of the stored events it looks. */
  readonly afterSequence?: number;
}

/** What a step came to: written before the flow sees it. */
export interface StepEnded {
  readonly kind: "stepEnded";
  readonly path: string;
  /** JSON; its secret members are sealed as the child's. */
  readonly output: Bytes | null;
  readonly error: ErrorBody | null;
  /** When, Unix milliseconds: the flow's own clock. */
  readonly atMs: number;
}

/** How the run ended. */
export interface Completed {
  readonly kind: "completed";
  readonly status: Extract<RunStatus, "succeeded" | "failed" | "cancelled" | "outcome_unknown">;
  /** JSON; its secret members are sealed one by one. */
  readonly output: Bytes | null;
  readonly error: ErrorBody | null;
}

/** One entry of a run's log. */
export type LogEntry =
  | { readonly kind: "claimed"; readonly controllerId: ControllerId }
  | Intent
  | Outcome
  | Parked
  | Resumed
  | Completed
  | { readonly kind: "cancelRequested"; readonly principal: string }
  | { readonly kind: "resolved"; readonly principal: string; readonly status: "succeeded" | "failed"; readonly note: string }
  | { readonly kind: "secretsRead"; readonly principal: string }
  | Verdict
  | StepBegun
  | StepEnded;

const commands: ReadonlySet<LogEntry["kind"]> = new Set(["cancelRequested", "resolved", "secretsRead", "approved", "denied"]);

/** Commands are the entries that any controller may append, owner or not. */
export function isCommand(entry: LogEntry): boolean {
  return commands.has(entry.kind);
}

/** One kept page of a stream run: its items, and the cursor behind them, stored together. */
export interface KeptPage {
  readonly ordinal: number;
  /** Null at the end of the stream. */
  readonly next: string | null;
  readonly itemCount: number;
  readonly itemsBefore: number;
  /** JSON lines. */
  readonly items: Bytes;
  readonly itemIds: readonly string[];
  /** Items left out at the caller's wish, on this page and those before it. */
  readonly droppedSoFar: number;
  /** Is there more that the target gives no way to? */
  readonly truncated: boolean;
}
