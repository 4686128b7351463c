import type { EventSource } from "./event.ts";

/** What a run is given: a text is an expression over `event`; lists and objects hold more of the same; all else stands for itself. */
export type TriggerInput = string | number | boolean | null | readonly TriggerInput[] | { readonly [member: string]: TriggerInput };

/** What of which events starts which run. */
export interface Trigger {
  readonly name: string;
  readonly on: {
    readonly source: EventSource;
    /** A type of events, in which `*` stands for anything. */
    readonly type: string;
    /** A condition over `event`; absent: every one. */
    readonly filter?: string;
    /** In the orgs of which connections, `*` for any characters; absent: of the trigger's own. What happened in none counts anyway. */
    readonly connection?: string;
    /** Does it answer the echoes of the installation's own changes, too? For runs that change nothing in the org; absent: no. */
    readonly echoes?: boolean;
  };
  /** Whatever a run may name. */
  readonly flow: string;
  readonly connection: string;
  readonly input: TriggerInput;
  /** Runs whose key comes out the same hold each other back, beyond `limit` at a time. */
  readonly concurrency?: { readonly key: string; readonly limit: number };
  /** Events whose key comes out the same within the time start one run, at its end, with the last of them. `key`: absent: the subject. */
  readonly debounce?: { readonly windowMs: number; readonly key?: string };
  /** A draft starts nothing; it can be tried. */
  readonly state: "draft" | "enabled";
}

/** A trigger that a spoke brings along to be copied: it lacks a connection, and starts nothing. */
export interface TriggerSample extends Omit<Trigger, "connection" | "state"> {
  readonly title: string;
}

/** An event by its name. */
export interface EventName {
  readonly source: EventSource;
  readonly id: string;
}

/** Events of one key that wait to start one run with the last of them. */
export interface GatheredEvents {
  readonly trigger: string;
  readonly key: string;
  readonly last: EventName;
  /** Unix milliseconds: when it is started. */
  readonly dueMs: number;
}

/** Where a run stands among events that start runs that end and so are events. */
export interface EventChain {
  /** How many events lie behind it, the one that started it included. */
  readonly depth: number;
  /** Principals that had a hand in it, beside its submitter: none of them may approve it. */
  readonly behind: readonly string[];
}

/** What a trigger made of an event. */
export type EventOutcome = { readonly trigger: string; readonly connection: string; readonly atMs: number } & (
  | { readonly kind: "started"; readonly runId: string }
  | { readonly kind: "echo" }
  | { readonly kind: "draft" }
  | { readonly kind: "chain_too_long" }
  | { readonly kind: "filter"; readonly problem?: string }
  | { readonly kind: "no_input"; readonly pointer: string; readonly problem: string }
  /** Waits, with others of its key, until then. */
  | { readonly kind: "gathered"; readonly untilMs: number }
  /** The run that it would have started was not accepted, and never will be. */
  | { readonly kind: "refused"; readonly code: string; readonly problem: string }
);
