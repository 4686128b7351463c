import { lanes, type Clock, type Lane } from "@longarm/shared";

// Whoever sits before an interactive run often sends the next one soon.
const considerateForMs = 1_000;
// Of its slots, as many as bulk keeps while interactive runs are about: enough to go on, too few to fill the queues that all share.
const bulkShareMeanwhile = 1 / 8;

/**
 * How many runs of each lane this controller carries at once. A parked run gives its slot back while it waits. While interactive runs are
 * under way, and a moment longer, no more bulk runs are begun than an eighth of their slots allow: processor, broker and disk are everybody's.
 */
export class LaneSlots {
  readonly #free: Record<Lane, number>;
  readonly #limits: Readonly<Record<Lane, number>>;
  readonly #clock: Pick<Clock, "monotonicMs"> | undefined;
  readonly #waiting: Record<Lane, (() => void)[]> = { interactive: [], standard: [], bulk: [] };
  #interactiveAtMs = -Infinity;

  /** Without a clock, bulk is considerate only while an interactive run is under way. */
  constructor(limits: Readonly<Record<Lane, number>>, clock?: Pick<Clock, "monotonicMs">) {
    this.#free = { ...limits };
    this.#limits = limits;
    this.#clock = clock;
  }

  /** How many runs of the lane may be begun now. */
  free(lane: Lane): number {
    const free = this.#free[lane];
    if (lane !== "bulk" || !this.#isConsiderate()) return free;
    const limit = this.#limits.bulk;
    return free - limit + Math.max(1, Math.floor(limit * bulkShareMeanwhile));
  }

  /** May one more run be rescued into this lane? Rescued runs go before queued ones, over the limit by as many as the limit. */
  mayRescue(lane: Lane): boolean {
    return this.#free[lane] > -this.#limits[lane];
  }

  /** Takes a slot that is known to be free, or one over the limit: a run that returns from its wait is not made to wait again. */
  take(lane: Lane): void {
    this.#free[lane] -= 1;
  }

  release(lane: Lane): void {
    this.#free[lane] += 1;
    if (lane === "interactive") this.#interactiveAtMs = this.#clock?.monotonicMs() ?? -Infinity;
    this.#wake(lane);
    // It may have been held back for the last of them.
    if (lane !== "bulk") this.#wake("bulk");
  }

  /** Resolves when a slot of the lane may be free, or everybody is to look again. */
  async whenFree(lane: Lane): Promise<void> {
    if (this.free(lane) <= 0) await new Promise<void>((resolve) => this.#waiting[lane].push(resolve));
  }

  /** Lets everybody who waits look again, for stopping. */
  wakeAll(): void {
    for (const lane of lanes) for (const wake of this.#waiting[lane].splice(0)) wake();
  }

  #isConsiderate(): boolean {
    if (this.#free.interactive < this.#limits.interactive) return true;
    return this.#clock !== undefined && this.#clock.monotonicMs() - this.#interactiveAtMs < considerateForMs;
  }

  #wake(lane: Lane): void {
    if (this.free(lane) <= 0) return;
    for (const wake of this.#waiting[lane].splice(0)) wake();
  }
}
