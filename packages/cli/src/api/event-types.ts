/** What a trigger made of an event. */
export interface EventOutcome {
  readonly trigger: string;
  readonly outcome: string;
  readonly runId: string | null;
  readonly sentence: string;
  readonly at: string;
}

/** An event without its data. */
interface EventRow {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly depth: number;
  readonly isEcho: boolean;
  readonly receivedAt: string;
  readonly publishedAt: string | null;
  readonly connection: string | null;
}

/** What became of a posted event. */
export interface PostedEvent extends EventRow {
  readonly duplicate: boolean;
  readonly differs?: boolean;
  readonly triggers: readonly string[];
  readonly hint?: string;
}

/** An event in a list. */
export interface ListedEvent extends EventRow {
  readonly outcomes: readonly EventOutcome[];
}

/** A page of events, newest first. */
export interface EventPage {
  readonly events: readonly ListedEvent[];
  readonly nextCursor: string | null;
}

/** An event with its data. */
export interface ShownEvent extends ListedEvent {
  readonly data: unknown;
}

/** What a trigger does, in the form in which it is written. */
interface TriggerForm {
  readonly on: {
    readonly event?: string;
    readonly hook?: string;
    readonly flow?: string;
    readonly filter?: string;
    readonly connection?: string;
    readonly echoes?: boolean;
  };
  readonly flow: string;
  readonly input: unknown;
  readonly concurrency?: { readonly key: string; readonly limit: number };
  readonly debounce?: { readonly window: string; readonly key?: string };
}

/** A trigger, with what went wrong of late. */
export interface Trigger extends TriggerForm {
  readonly name: string;
  readonly description?: string;
  readonly connection: string;
  readonly lane: string;
  readonly state: "draft" | "enabled";
  readonly definedBy: string;
  readonly faults: {
    readonly count: number;
    readonly last: { readonly source: string; readonly id: string; readonly at: string; readonly problem: string } | null;
  };
  readonly revision: number;
  readonly updatedAt: string;
}

/** A trigger that a spoke brings along. */
export interface TriggerSample extends TriggerForm {
  readonly name: string;
  readonly title: string;
}

/** What an event would start. */
export interface TriggerTest {
  readonly verdict: string;
  readonly sentence: string;
  readonly run: {
    readonly flow: string;
    readonly connection: string;
    readonly input: unknown;
    readonly concurrencyKey: string | null;
    readonly debounceKey: string | null;
  } | null;
  readonly faults: readonly { readonly pointer: string; readonly problem: string }[];
}
