import type { HookState, Secret } from "@longarm/shared";
import type { DefinitionStore } from "./connection-store.ts";

/** A secret that an org sends with its deliveries. */
export interface WebhookSecret {
  /** No secret itself. */
  readonly id: string;
  readonly secret: Secret;
  readonly madeAtMs: number;
  /** Unix milliseconds; absent: it is the present one. */
  readonly endsAtMs?: number;
}

/** What lets the org of a connection send us its events. */
export interface Webhook {
  /** The connection's. */
  readonly name: string;
  /** The present one first; two at most. */
  readonly secrets: readonly WebhookSecret[];
  /** How often the org's own records are read for what never came; null: never. */
  readonly reconcileEveryMs: number | null;
  readonly madeAtMs: number;
}

/** What is told of a hook, and what it is told by. */
export interface Webhooks {
  readonly definitions: DefinitionStore<Webhook>;
  readonly states: DefinitionStore<HookState>;
}
