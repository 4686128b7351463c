import type { ControllerId } from "@longarm/shared";

/** Which controllers say that they live. */
export interface ControllerPresence {
  /** Resolves once the broker has stored this controller's sign of life. */
  renew(self: ControllerId): Promise<void>;
  /** Every key and the revision of its last renewal; whose key is gone has stopped. */
  list(): Promise<ReadonlyMap<ControllerId, number>>;
  /** Takes a controller's key away: it has stopped, or is known to be dead. */
  withdraw(controller: ControllerId): Promise<void>;
}
