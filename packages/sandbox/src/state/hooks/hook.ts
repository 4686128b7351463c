import type { EventTest } from "./event-filter.ts";

/** An expression that an event of a type must fulfil to be delivered. */
export interface HookFilter {
  readonly event: string;
  readonly expression: string;
  readonly test: EventTest;
}

/** Where a hook's events go, and with which headers. */
export interface HookChannel {
  readonly uri: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  /** The header by which the receiver knows the org; its value is never shown. */
  readonly authScheme: { readonly key: string; readonly value: string } | null;
}

/** What a client may say of a hook. */
export interface HookDraft {
  readonly name: string;
  readonly description: string | null;
  readonly events: readonly string[];
  readonly filters: readonly HookFilter[] | null;
  readonly channel: HookChannel;
}

/** An event hook at one moment. Times are ISO 8601 in UTC. Only one that is ACTIVE and VERIFIED is given events. */
export interface HookRecord extends HookDraft {
  readonly id: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly verificationStatus: "UNVERIFIED" | "VERIFIED";
  readonly created: string;
  readonly createdBy: string;
  readonly lastUpdated: string;
}
