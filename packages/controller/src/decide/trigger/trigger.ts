import type { EventSource } from "@longarm/shared";

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
