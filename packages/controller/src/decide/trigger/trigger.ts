/** Where events come from: posted to the controller, sent by an event hook of an org, told by a flow that ended. */
export const eventSources = ["event", "hook", "flow"] as const;
export type EventSource = (typeof eventSources)[number];

/** Something that happened, as triggers see it. */
export interface StoredEvent {
  /** The poster's own; two with the same id are the same event. */
  readonly id: string;
  readonly source: EventSource;
  /** Such as `user.created`, or `okta.` and the type that the org gave it. */
  readonly type: string;
  /** What it is about, such as a login or an id; may be empty. */
  readonly subject: string;
  /** JSON. */
  readonly data: unknown;
  /** How many events lie behind it: 0 for one that came from outside. */
  readonly depth: number;
  /** Did an org report a change that this installation made itself? */
  readonly isEcho: boolean;
}

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
  };
  /** Whatever a run may name. */
  readonly flow: string;
  readonly connection: string;
  readonly input: TriggerInput;
  /** Runs whose key comes out the same hold each other back, beyond `limit` at a time. */
  readonly concurrency?: { readonly key: string; readonly limit: number };
  /** A draft starts nothing; it can be tried. */
  readonly state: "draft" | "enabled";
}

/** How long a chain of flows that start one another may become. */
export const longestChain = 8;
