import { lanes, type Lane } from "@longarm/shared";

/** How many runs of each lane this controller carries at once. A parked run gives its slot back while it waits. */
export class LaneSlots {
  readonly #free: Record<Lane, number>;
  readonly #limits: Readonly<Record<Lane, number>>;
  readonly #waiting: Record<Lane, (() => void)[]> = { interactive: [], standard: [], bulk: [] };

  constructor(limits: Readonly<Record<Lane, number>>) {
    this.#free = { ...limits };
    this.#limits = limits;
  }

  free(lane: Lane): number {
    return this.#free[lane];
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
    if (this.#free[lane] <= 0) return;
    for (const wake of this.#waiting[lane].splice(0)) wake();
  }

  /** Resolves when a slot of the lane may be free, or everybody is to look again. */
  async whenFree(lane: Lane): Promise<void> {
    if (this.#free[lane] <= 0) await new Promise<void>((resolve) => this.#waiting[lane].push(resolve));
  }

  /** Lets everybody who waits look again, for stopping. */
  wakeAll(): void {
    for (const lane of lanes) for (const wake of this.#waiting[lane].splice(0)) wake();
  }
}
