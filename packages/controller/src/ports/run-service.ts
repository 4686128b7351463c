import type { ErrorBody, EventChain, Lane, RunId, RunOrigin, RunStatus, RunWishes } from "@longarm/shared";
import type { Principal } from "./principal.ts";
import type { RunFilter, RunListPage } from "./run-history.ts";

/** A submission as the API and the CLI make it, its schema already checked but for `input`, which the action's own schema checks. */
export interface RunRequest {
  readonly action: string;
  readonly connection?: string;
  readonly input: unknown;
  readonly lane: Lane;
  /** Instead of `lane` where the caller named none: it says how urgent the run is to somebody now, so no key compares it. */
  readonly preferredLane?: Lane;
  /** As the caller wrote it (the same words are the same request), and the Unix milliseconds that it means. */
  readonly deadline?: { readonly text: string; readonly atMs: number };
  /** `local` or CEL; narrows the connection's placement. */
  readonly on?: string;
  /** Only tell what would be changed. */
  readonly dryRun?: boolean;
  /** On which terms it is carried, where it says so itself. */
  readonly terms?: RunWishes;
  readonly idempotencyKey?: string;
  /** What starts it instead of a caller; the key then belongs to that, whoever the principal is. */
  readonly origin?: RunOrigin;
  /** Who asks: the API key's id. */
  readonly principal: string;
  /** The connections that they may use (`*`: any characters), for the steps of a flow; absent: only the one that the run is on. */
  readonly connections?: readonly string[];
  /** Of a run that an event starts; no key compares it. */
  readonly chain?: EventChain;
}

/** One call as people see it. Milliseconds; `why` is the condition that chose the executor. */
export interface CallView {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly attempt: number;
  readonly executor: { readonly kind: "local" } | { readonly kind: "agent"; readonly id: string; readonly name: string };
  readonly why: string;
  readonly status: number | null;
  readonly effect: string;
  readonly outcome: "applied" | "not_sent" | "rejected" | "unknown";
  readonly oktaRequestId: string | null;
  /** The policy of the agent's site that the call was held to, by the hash of its text or `none`, and its rule that allowed it. */
  readonly policy?: { readonly hash: string; readonly rule?: string };
  /**
   * Of a call that changed something through an agent: the journal that holds its end, and the hash of that record there, in hexadecimal
   * digits (`longarm agent journal verify --expect`).
   */
  readonly journal?: { readonly id: string; readonly hash: string };
  readonly queuedMs: number;
  readonly sentMs: number | null;
  readonly error: ErrorBody | null;
  /** Its answer was lost, and found by reading the target's state. */
  readonly reconciled?: true;
}

/** Why a run does not move, with counts. */
export interface WaitView {
  readonly reason: string;
  readonly sentence: string;
  readonly since: string;
  readonly until: string | null;
}

/** How far a run of a stream or a sync has come. */
export interface RunProgress {
  readonly pages: number;
  readonly items: number;
  /** Over its whole time, waits included; null: it has not run for a second yet. */
  readonly itemsPerSecond: number | null;
  /** Milliseconds that it has waited for its target's rate limits. */
  readonly budgetWaitMs: number;
  /** How many items there will be; null: nobody can tell. */
  readonly expectedItems: number | null;
  /** Milliseconds until it has them, at this pace; null: nobody can tell, or it has ended. */
  readonly endsInMs: number | null;
}

/** What had a run started; `slot` is null where a schedule was run by hand, and of a trigger. */
export interface OriginView {
  readonly kind: RunOrigin["kind"];
  readonly name: string;
  readonly slot: string | null;
}

/** A run as JSON (`surface.md`). Times are RFC 3339. */
export interface RunView {
  readonly id: RunId;
  readonly action: string;
  readonly connection: string | null;
  readonly status: RunStatus;
  readonly lane: Lane;
  /** Null: it was removed, and that is not known any more. */
  readonly submittedBy: string | null;
  /** Null: somebody submitted it; or it was removed. */
  readonly origin: OriginView | null;
  /** Nothing is changed; the output tells what would be. */
  readonly dryRun: boolean;
  readonly input: unknown;
  readonly output: unknown;
  readonly callCount: number;
  /** The last 50. */
  readonly calls: readonly CallView[];
  /** Only of streams and syncs: how far it has come. */
  readonly progress: RunProgress | null;
  readonly waiting: WaitView | null;
  readonly error: ErrorBody | null;
  /** How a person settled its unknown outcome; `error` still tells what was unknown. */
  readonly resolved?: { readonly by: string; readonly note: string; readonly at: string };
  /** What somebody else decided of it, where its connection requires that. */
  readonly approval?: { readonly verdict: "approved" | "denied"; readonly by: string; readonly note: string; readonly at: string };
  /** Only of a run whose output holds secrets: who may read them, until when, and when that was done. */
  readonly secrets?: { readonly for: string; readonly readableUntil: string; readonly readAt: string | null };
  readonly submittedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Milliseconds from the submission to the start, and from the start to the end; up to now where that is still to come. */
  readonly queuedMs: number;
  readonly runningMs: number | null;
  /** When it must have been started, and when it must have ended at the latest. */
  readonly startBy: string | null;
  readonly endBy: string | null;
  /** When somebody asked it to stop. */
  readonly cancelRequestedAt: string | null;
  /** It was removed then; what is null or empty beside is no longer kept. */
  readonly removedAt?: string;
}

/** A record of the run's log as people see it, secrets and bodies left out. */
export interface LogEntryView {
  readonly sequence: number;
  readonly time: string;
  readonly epoch: number;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The secret outputs of a run, each by its JSON pointer into the output. */
export interface SecretOutputsView {
  readonly runId: RunId;
  readonly readAt: string;
  readonly secrets: Readonly<Record<string, unknown>>;
}

/** A person's word on an outcome that nobody knew. */
export interface Settlement {
  readonly principal: string;
  readonly status: "succeeded" | "failed";
  /** What was seen in the target. */
  readonly note: string;
}

/** What somebody decides of a run that waits for approval. */
export interface Judgement {
  readonly kind: "approved" | "denied";
  readonly note: string;
  readonly by: Pick<Principal, "name" | "madeBy">;
}

/** What the API can do with runs. Unknown ids throw `unknown_run`. */
export interface RunService {
  /**
   * Resolves once the submission is stored; `created` is false when the idempotency key had made this run before. Of one that was
   * removed since, the run tells what is still known.
   */
  submit(request: RunRequest): Promise<{ readonly run: RunView; readonly created: boolean }>;
  /** Reads the log itself, never the projection. */
  get(id: RunId): Promise<RunView>;
  /** Resolves with the run once it has finished, or as it is when the signal is aborted. */
  wait(seen: RunView, signal: AbortSignal): Promise<RunView>;
  list(filter: RunFilter, page: { readonly limit: number; readonly cursor?: string }): RunListPage;
  calls(
    id: RunId,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly calls: readonly CallView[]; readonly total: number }>;
  log(id: RunId): Promise<readonly LogEntryView[]>;
  /** Items in order, each once; with `follow` it goes on until the run has finished. */
  items(id: RunId, options: { readonly follow: boolean; readonly signal: AbortSignal }): AsyncIterable<unknown>;
  cancel(id: RunId, principal: string): Promise<RunView>;
  /** Settles a run that ended `outcome_unknown`, once; throws `invalid_state` for any other. */
  resolve(id: RunId, settled: Settlement): Promise<RunView>;
  /** Lets a run go on that waits for approval, or ends it; throws `not_allowed` for its submitter, `invalid_state` where nothing waits. */
  judge(id: RunId, judgement: Judgement): Promise<RunView>;
  /** The secret outputs, to who submitted the run, once; throws `not_allowed`, `invalid_state`, `secrets_gone`. */
  secrets(id: RunId, principal: string): Promise<SecretOutputsView>;
  /** Removes a finished run for good, at once; `invalid_state` for any other one. */
  remove(id: RunId, principal: string): Promise<void>;
  /** Submits the same request again as a new run; only of a finished one. */
  retry(id: RunId, by: Pick<RunRequest, "principal" | "connections">): Promise<RunView>;
}
