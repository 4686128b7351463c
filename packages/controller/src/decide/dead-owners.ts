import type { ControllerId } from "@longarm/shared";

/** How long each other controller has shown nothing new, counted only while this one's own renewals were acknowledged. */
export type OwnerWatch = ReadonlyMap<ControllerId, { readonly sign: number | "withdrawn" | undefined; readonly silentMs: number }>;

/** One look at the keys. */
export interface OwnerLook {
  /** The revision of each key that was found, or that its controller took it back. */
  readonly signs: ReadonlyMap<ControllerId, number | "withdrawn">;
  /** Whose silence matters, whether a key was found or not. */
  readonly owners: readonly ControllerId[];
  /** From the end of the look before this one to the acknowledged renewal that this one follows. */
  readonly sinceLastMs: number;
  /** The most that counts of it: an outage of the broker, or of this process, must not count against the others. */
  readonly creditMs: number;
}

export const deadAfterMs = 6_000;

/**
 * Takes in one look at the keys. A key that is not found is as good as one that did not change: a listing may end early, and who was
 * never seen may only be about to show. Only a key that was taken back says at once that its controller has stopped.
 */
export function watchOwners(before: OwnerWatch, { signs, owners, sinceLastMs, creditMs }: OwnerLook): OwnerWatch {
  const credit = Math.min(sinceLastMs, creditMs);
  const after = new Map<ControllerId, { sign: number | "withdrawn" | undefined; silentMs: number }>();
  for (const id of new Set([...signs.keys(), ...owners])) {
    const known = before.get(id);
    const sign = signs.get(id) ?? known?.sign;
    const isSilent = known !== undefined && known.sign === sign;
    after.set(id, { sign, silentMs: isSilent ? known.silentMs + credit : 0 });
  }
  return after;
}

/** Which owners of unfinished runs are dead: they took their sign of life back, or have shown nothing new for long enough. */
export function deadOwners(owners: readonly ControllerId[], watch: OwnerWatch, self: ControllerId): readonly ControllerId[] {
  return owners.filter((owner) => {
    const { sign, silentMs = 0 } = watch.get(owner) ?? {};
    return owner !== self && (sign === "withdrawn" || silentMs >= deadAfterMs);
  });
}
