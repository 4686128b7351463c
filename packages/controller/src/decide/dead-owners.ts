import type { ControllerId } from "@longarm/shared";

/** How long each other controller's key has stood unchanged, counted only while this one's own renewals were acknowledged. */
export type OwnerWatch = ReadonlyMap<ControllerId, { readonly revision: number; readonly unchangedMs: number }>;

export const deadAfterMs = 6_000;

/**
 * Takes in one look at the keys. `sinceLastMs` is the time since this controller's previous acknowledged renewal, but at most
 * `creditMs`: an outage of the broker, or of this process, must not count against the others.
 */
export function watchOwners(
  before: OwnerWatch,
  look: { readonly revisions: ReadonlyMap<ControllerId, number>; readonly sinceLastMs: number; readonly creditMs: number },
): OwnerWatch {
  const credit = Math.min(look.sinceLastMs, look.creditMs);
  const after = new Map<ControllerId, { revision: number; unchangedMs: number }>();
  for (const [id, revision] of look.revisions) {
    const known = before.get(id);
    after.set(id, { revision, unchangedMs: known?.revision === revision ? known.unchangedMs + credit : 0 });
  }
  return after;
}

/** Which owners of unfinished runs are dead: their key is gone, or has not changed for long enough. */
export function deadOwners(owners: readonly ControllerId[], watch: OwnerWatch, self: ControllerId): readonly ControllerId[] {
  return owners.filter((owner) => owner !== self && (watch.get(owner)?.unchangedMs ?? deadAfterMs) >= deadAfterMs);
}
