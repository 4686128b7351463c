import type { BudgetTerms, Lane } from "@longarm/shared";

/** How far a target's limit on requests at once has pushed the number of places down. Monotonic milliseconds. */
export interface Squeeze {
  /** Places right after it was pushed. */
  readonly places: number;
  readonly atMs: number;
}

// Refusals within this time tell of the same moment.
const sameMomentMs = 1_000;
const recoverEveryMs = 2_000;
const recoverShare = 0.1;

/** How many requests may be open at the target: what the connection says, or less for a while after the target refused one for that. */
export function placesNow(squeeze: Squeeze | null, { concurrency }: BudgetTerms, nowMs: number): number {
  if (!squeeze) return concurrency;
  const steps = Math.floor(Math.max(0, nowMs - squeeze.atMs) / recoverEveryMs);
  return Math.min(concurrency, squeeze.places + steps * Math.max(1, Math.ceil(concurrency * recoverShare)));
}

/** The target had too many requests at once: half the places are left, one at least. */
export function squeezed(before: Squeeze | null, terms: BudgetTerms, nowMs: number): Squeeze {
  if (before && nowMs - before.atMs < sameMomentMs) return before;
  return { places: Math.max(1, Math.floor(placesNow(before, terms, nowMs) / 2)), atMs: nowMs };
}

/** Both words together: the later moment, and of one moment the fewer places. */
export function foldSqueeze(before: Squeeze | null, told: Squeeze): Squeeze {
  if (!before || told.atMs > before.atMs + sameMomentMs) return told;
  return told.atMs < before.atMs - sameMomentMs ? before : { places: Math.min(before.places, told.places), atMs: before.atMs };
}

/** When there will be another place although none was given back; null: there are as many as there can be. */
export function nextPlaceMs(squeeze: Squeeze | null, terms: BudgetTerms, nowMs: number): number | null {
  if (!squeeze || placesNow(squeeze, terms, nowMs) >= terms.concurrency) return null;
  const steps = Math.floor(Math.max(0, nowMs - squeeze.atMs) / recoverEveryMs);
  return squeeze.atMs + (steps + 1) * recoverEveryMs;
}

/** How many of the places a lane may fill: bulk leaves some for whoever is in a hurry. */
export function placesFor(lane: Lane, places: number, { interactiveReserve }: BudgetTerms): number {
  return lane === "bulk" ? Math.max(1, places - Math.ceil(places * interactiveReserve)) : places;
}
