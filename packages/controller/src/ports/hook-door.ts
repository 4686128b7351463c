import type { HookCounts } from "@longarm/shared";
import type { Inbound } from "@longarm/spoke";

/** An org that has shown the secret of its hook. */
export interface AdmittedHook {
  readonly connection: string;
  readonly inbound: Inbound;
}

/** Where the targets of connections bring what they send by themselves. */
export interface HookDoor {
  /** The spokes whose targets send anything. */
  readonly spokes: readonly string[];
  /**
   * Lets in who shows a valid secret; undefined for anything else, an unknown connection among it, after the same work. Throws
   * `broker_unavailable` when the secrets cannot be read.
   */
  admit(at: { readonly spoke: string; readonly connection: string; readonly shown: string | undefined }): Promise<AdmittedHook | undefined>;
  /**
   * Stores every event of a delivery, and resolves then. Throws `invalid_request` with the place of what is malformed, and
   * `broker_unavailable`, to be sent again, when anything is not stored.
   */
  receive(hook: AdmittedHook, body: unknown): Promise<Pick<HookCounts, "events" | "duplicates">>;
  /** A delivery that came to nothing before it was read. */
  refused(connection: string): void;
}

/** Hears of everything that is counted at hooks. */
export interface HookMeter {
  count(connection: string, counts: Partial<HookCounts>): void;
}
