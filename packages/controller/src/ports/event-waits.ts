import type { StoredEvent } from "@longarm/shared";

/** Which event is waited for. */
export interface AwaitedEvent {
  /** `*` stands for anything. */
  readonly type: string;
  readonly isWished: (event: StoredEvent) => boolean;
  /** Only what stands behind this place. */
  readonly afterSequence: number;
  /** Unix milliseconds; null: for ever. What is received later does not count. */
  readonly untilMs: number | null;
}

/** Waits for events, however many wait. */
export interface EventWaits {
  /** Behind which place a wait looks that begins now. Waits for the broker while that is away. */
  begin(signal: AbortSignal): Promise<number>;
  /**
   * The first event that is wished, also one that was stored while nobody waited; null when `untilMs` has passed without one. Waits for the
   * broker while that is away. Throws what the signal is aborted for.
   */
  first(awaited: AwaitedEvent, signal: AbortSignal): Promise<StoredEvent | null>;
}
