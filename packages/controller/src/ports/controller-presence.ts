import type { ControllerId } from "@longarm/shared";

/** What a look at a controller's key shows: the revision of its last renewal, or that it stopped and took its sign of life back. */
export type SignOfLife = number | "withdrawn";

/** Which controllers say that they live. */
export interface ControllerPresence {
  /** Resolves once the broker has stored this controller's sign of life. */
  renew(self: ControllerId): Promise<void>;
  /** Every key that was found, as it is now. One that is missing says nothing: the listing may have ended early. */
  list(): Promise<ReadonlyMap<ControllerId, SignOfLife>>;
  /** Takes a controller's sign of life back: it has stopped, or is known to be dead. */
  withdraw(controller: ControllerId): Promise<void>;
}
