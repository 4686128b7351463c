import type { Lane } from "@longarm/shared";
import type { QueuedRun, RunQueue } from "../../../packages/controller/src/ports/run-queue.ts";
import type { Offered, Pull } from "../world/lane-queue.ts";
import type { SimProcess } from "../world/sim-process.ts";

const pullMs = 5_000;

/** The lanes as one process sees them. */
export class SimRunQueue implements RunQueue {
  readonly #process: SimProcess;

  constructor(process: SimProcess) {
    this.#process = process;
  }

  async *take(lane: Lane, count: number, signal: AbortSignal): AsyncGenerator<QueuedRun> {
    const queue = this.#process.world.broker.lanes[lane];
    const came: Offered[] = [];
    let isOver = false;
    let wake: () => void = () => undefined;
    const pull: Pull = {
      process: this.#process,
      left: count,
      take: (offered) => {
        came.push(offered);
        wake();
      },
    };
    const end = (): void => {
      isOver = true;
      queue.close(pull);
      wake();
    };
    this.#process.world.scheduler.at(pullMs, () => queue.close(pull));
    this.#process.after(pullMs, end);
    signal.addEventListener("abort", end, { once: true });
    queue.open(pull);
    try {
      for (let taken = 0; taken < count;) {
        const offered = came.shift();
        if (offered) {
          taken += 1;
          yield { ...offered.submission, settle: offered.settle, release: offered.release };
        } else if (isOver) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener("abort", end);
      queue.close(pull);
    }
  }
}
