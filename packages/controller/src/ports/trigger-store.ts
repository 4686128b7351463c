import type { EventName, EventOutcome, EventSource, GatheredEvents, Lane, StoredEvent, Trigger } from "@longarm/shared";
import type { DefinitionStore, Revised } from "./connection-store.ts";

/** A trigger as it is stored. */
export interface DefinedTrigger extends Trigger {
  readonly description?: string;
  readonly lane: Lane;
  /** Who defined or enabled it last; they answer for its runs. */
  readonly principal: string;
  /** All who had a hand in it as it stands: none of them may approve its runs. */
  readonly behind: readonly string[];
  /** The connections that who defined it may use (`*`: any characters), for the steps of a flow. */
  readonly connections: readonly string[];
  /** How far the run log had come when it was defined: runs that had ended by then are no events for it. */
  readonly sinceSequence: number;
}

/** What went wrong with a trigger of late. */
export interface TriggerState {
  readonly trigger: string;
  /** How many events came to nothing by a fault: no input could be made of them, or the run was refused. */
  readonly faults: number;
  readonly last?: EventName & { readonly atMs: number; readonly problem: string };
}

export interface TriggerStore extends DefinitionStore<DefinedTrigger> {
  /** As `list`, with all that was stored anywhere before the call: an event finds the triggers that were there before it. */
  listNow(): Promise<readonly Revised<DefinedTrigger>[]>;
}

/** How far the run log was looked through for runs that have ended. */
export interface RunEndsMark {
  readonly sequence: number;
}

/** What triggers made of events, by the event's name. */
export interface EventOutcomes {
  /** The last that is noted of an event and a trigger counts. */
  note(event: EventName, outcome: EventOutcome): Promise<void>;
  of(source: EventSource, id: string): Promise<readonly EventOutcome[]>;
  /** The outcomes of several events, in their order. */
  ofAll(events: readonly StoredEvent[]): Promise<readonly (readonly EventOutcome[])[]>;
}

/** All that triggers take. */
export interface Triggers {
  readonly definitions: TriggerStore;
  readonly states: DefinitionStore<TriggerState>;
  readonly gathered: DefinitionStore<GatheredEvents>;
  readonly runEnds: DefinitionStore<RunEndsMark>;
  readonly outcomes: EventOutcomes;
}
