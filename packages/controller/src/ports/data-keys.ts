import type { DescribedKey } from "@longarm/shared/seal";

/** A key and what is sealed under it. */
export interface DataKey extends DescribedKey {
  /** Definitions and the like. */
  readonly values: number;
  /** May records of runs be sealed under it? */
  readonly runs: boolean;
  /** Until when finished runs that may be are kept (Unix milliseconds); null: nothing tells, or none are. */
  readonly runsUntil: number | null;
}

/** How far a change of keys came. */
export interface Resealed {
  readonly active: number;
  /** How many values were sealed anew under the active key, and how many are under another one yet. */
  readonly resealed: number;
  readonly left: number;
}

/** The keys under which everything stored is sealed. */
export interface DataKeys {
  list(): Promise<readonly DataKey[]>;
  /**
   * Makes a new key the active one, or the one that was prepared, and seals all values anew. `prepare`: only adds the key, for it to be
   * brought to other controllers first. Throws `invalid_state` where the ring is not ours to write.
   */
  rotate(options: { readonly prepare: boolean }): Promise<Resealed>;
  /** Reads the ring again where it is kept, and goes on with what a rotation left. */
  reseal(): Promise<Resealed>;
  /** Removes a key under which nothing is sealed. Throws `invalid_state` where something may be. */
  drop(id: number): Promise<void>;
}
