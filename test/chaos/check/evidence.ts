import type { InflictedFault } from "../faults/inflict.ts";
import type { Submitted } from "../load/client.ts";
import type { RunPlan } from "../load/run-plan.ts";
import type { MemorySample } from "../outage/memory-watch.ts";

/** A record of a run's log as the API shows it. */
export interface LogRecord {
  readonly sequence: number;
  readonly time: string;
  readonly epoch: number;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A run as it was found at the end. */
export interface FoundRun {
  readonly id: string;
  readonly action: string;
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly log: readonly LogRecord[];
}

/** What the sandbox org really did for a request. */
export interface LedgerEntry {
  readonly sequence: number;
  readonly effect: string;
  readonly object: string;
  readonly changed: boolean;
  readonly at: string;
  readonly requestId: string;
}

/** One submission, from its plan to what was found of it. */
export interface Case {
  readonly plan: RunPlan;
  readonly submitted: Submitted;
  /** Ids of the runs that its key stands for; more than one is a fault in itself. */
  readonly runIds: readonly string[];
  /** Undefined: it was accepted, and cannot be found. */
  readonly run: FoundRun | undefined;
  /** The effects that the org holds on this run's object. */
  readonly effects: readonly LedgerEntry[];
}

/** When a controller was seen to notice that an agent is gone. */
export interface Notice {
  readonly fault: number;
  readonly controller: string;
  readonly afterMs: number;
}

/** Everything that a verdict rests on. */
export interface Evidence {
  readonly cases: readonly Case[];
  readonly faults: readonly InflictedFault[];
  /** The name of each controller process by the id that it had in one of its lives. */
  readonly controllers: ReadonlyMap<string, string>;
  /** The agents' names. */
  readonly agents: readonly string[];
  readonly notices: readonly Notice[];
  /** Processes that ended though nobody ended them. */
  readonly crashes: readonly { readonly member: string; readonly detail: string }[];
  /** What the processes held of the memory, where it was watched. */
  readonly memory?: readonly MemorySample[];
  /** When the last fault had been healed. */
  readonly healedMs: number;
}

/** A run that was accepted, as far as anybody could know. */
export function isAccepted({ submitted, runIds }: Case): boolean {
  return submitted.kind === "accepted" || runIds.length > 0;
}
