import type { ControllerId, RunId } from "@longarm/shared";

/** A run that holds a place, and the controller that carries it. */
export interface Holder {
  readonly run: RunId;
  readonly owner: ControllerId;
}

/** Who holds a place at one moment. */
export interface Holds {
  /** One token of a subject; says nothing about what it was made of. */
  readonly key: string;
  /** Names this moment for the next change; 0: nothing is stored. */
  readonly revision: number;
  /** In the order in which they came. */
  readonly holders: readonly Holder[];
}

/** Which runs hold which places, shared by all controllers and changed by revision. */
export interface HoldStore {
  /** What is known here: at once, and perhaps a moment old. */
  known(key: string): Holds;
  /** Every place that somebody holds, as known here. */
  held(): readonly Holds[];
  /** Takes in all that was stored before the call. Throws `broker_unavailable`. */
  refresh(): Promise<void>;
  /** Stores these holders behind `revision`; resolves to undefined when somebody changed them first. Throws `broker_unavailable`, `storage_full`. */
  write(holds: Holds): Promise<Holds | undefined>;
  /** Calls `listener` with each key that was changed, by whomever, until the returned function is called. */
  onChange(listener: (key: string) => void): () => void;
}
