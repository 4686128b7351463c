import type { RecordState, SeenObject } from "@longarm/shared";

/**
 * What is to be kept of an object that was seen; undefined: what is kept already. The newest state by the target's own clock stands, and
 * among equals the one that was read last, so that neither an older event nor a late page of a listing takes a newer state back.
 */
export function mergeSeen(kept: RecordState | undefined, seen: SeenObject): RecordState | undefined {
  const { seenAt, ...state } = seen;
  if (!kept) return { ...state, firstSeenAt: seenAt, syncedAt: seenAt, deletedAt: null };
  // It was read before it was found to be gone.
  if (kept.deletedAt !== null && seenAt <= kept.deletedAt) return undefined;
  const isLater = seenAt > kept.syncedAt;
  if (isNewer(seen, kept) || (isLater && !isNewer(kept, seen)))
    return { ...state, firstSeenAt: kept.firstSeenAt, syncedAt: Math.max(seenAt, kept.syncedAt), deletedAt: null };
  // A listing may lag behind: that it shows an older state still shows that the object is there.
  return isLater || kept.deletedAt !== null ? { ...kept, syncedAt: Math.max(seenAt, kept.syncedAt), deletedAt: null } : undefined;
}

/** What is to be kept of an object that was not there at that time; undefined: what is kept already, or that it was seen since. */
export function mergeGone(kept: RecordState | undefined, goneAt: number): RecordState | undefined {
  if (!kept || kept.deletedAt !== null || kept.syncedAt > goneAt) return undefined;
  return { ...kept, deletedAt: goneAt };
}

/** What is to be kept of an object that a whole listing begun at that time did not show; undefined: it was shown, or seen since. */
export function mergeMissing(kept: RecordState | undefined, seenSince: number): RecordState | undefined {
  return kept && kept.syncedAt < seenSince ? mergeGone(kept, seenSince) : undefined;
}

function isNewer(one: Pick<RecordState, "changedAt">, other: Pick<RecordState, "changedAt">): boolean {
  return (one.changedAt ?? 0) > (other.changedAt ?? 0);
}

/** How many of a connection's records one listing may mark as deleted unless somebody allows more: a share of the living, ten at least. */
export const usualShareMissing = 0.2;
const leastMissing = 10;

/** Is so much missing that the listing is not to be believed? `most`: what somebody allows. */
export function isTooMuchMissing(missing: number, living: number, most: number | undefined): boolean {
  return missing > (most ?? Math.max(leastMissing, Math.floor(living * usualShareMissing)));
}
