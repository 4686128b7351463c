import type { Clock, Lane, RunId } from "@longarm/shared";

/** A run that its owner does not carry any more although it lives. */
export interface StrandedRun {
  readonly id: RunId;
  readonly lane: Lane;
}

const pauseMs = { least: 2_000, most: 60_000 };

/** Runs of this controller that a fault of ours broke off, each to be taken up again after a pause that grows with every try. */
export class StrandedRuns {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #runs = new Map<RunId, StrandedRun & { readonly dueMs: number; readonly pauseMs: number }>();

  constructor(deps: { readonly clock: Pick<Clock, "monotonicMs"> }) {
    this.#clock = deps.clock;
  }

  /** Gives how long the run is left alone, in milliseconds. */
  add(run: StrandedRun): number {
    const pause = this.#runs.get(run.id)?.pauseMs ?? pauseMs.least;
    this.#put(run, pause);
    return pause;
  }

  /** Those to be tried now. Should the try fail, too, the next one comes after twice the time. */
  takeDue(): readonly StrandedRun[] {
    const nowMs = this.#clock.monotonicMs();
    const due = [...this.#runs.values()].filter(({ dueMs }) => dueMs <= nowMs);
    for (const run of due) this.#put(run, Math.min(run.pauseMs * 2, pauseMs.most));
    return due;
  }

  /** It has ended, or is somebody else's. */
  settle(id: RunId): void {
    this.#runs.delete(id);
  }

  #put({ id, lane }: StrandedRun, pause: number): void {
    this.#runs.set(id, { id, lane, dueMs: this.#clock.monotonicMs() + pause, pauseMs: pause });
  }
}
