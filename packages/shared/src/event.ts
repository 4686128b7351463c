/** Where events come from: posted to the controller, sent by an event hook of an org, told by a run that ended. */
export const eventSources = ["event", "hook", "flow"] as const;
export type EventSource = (typeof eventSources)[number];

/** Something that happened, as triggers see it. */
export interface StoredEvent {
  /** The poster's own, visible ASCII; two with the same source and id are the same event. */
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
  /** Unix milliseconds by the controller that stored it. */
  readonly receivedAtMs: number;
  /** Unix milliseconds by whoever sent it, where they say. */
  readonly publishedMs?: number;
  /** The connection whose org it happened in; absent: in none that is known. */
  readonly connection?: string;
  /** Principals that had a hand in it: none of them may approve what it starts. */
  readonly behind?: readonly string[];
  /** Of an event that its org never brought: names the look that found it, whoever carried that. */
  readonly foundBy?: string;
}

/** Bounds on an event. An id and a type are visible ASCII; a type has no `*`, which stands for anything in a trigger. */
export const eventLimits = { idLength: 256, typeLength: 128, subjectLength: 512, dataBytes: 256 * 1_024 } as const;
