import { lanes, LongarmError, type Clock, type Lane } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { QueuedRun, RunQueue } from "../ports/run-queue.ts";
import type { LaneSlots } from "../run/place/lane-slots.ts";
import type { RunCarrier } from "../run/run-carrier.ts";

interface Deps {
  readonly queue: RunQueue;
  readonly carrier: RunCarrier;
  readonly slots: LaneSlots;
  readonly clock: Clock;
  readonly logger: Logger;
}

const pauseAfterFaultMs = 500;

/** Takes submissions from every lane as its slots allow, claims each, and has it carried. Resolves when the signal is aborted. */
export async function dispatch(deps: Deps, signal: AbortSignal): Promise<void> {
  signal.addEventListener("abort", () => deps.slots.wakeAll(), { once: true });
  await Promise.all(lanes.map((lane) => dispatchLane(deps, lane, signal)));
}

async function dispatchLane(deps: Deps, lane: Lane, signal: AbortSignal): Promise<void> {
  const { queue, slots, clock, logger } = deps;
  while (!signal.aborted) {
    try {
      await slots.whenFree(lane);
      if (slots.free(lane) <= 0) continue;
      for await (const queued of queue.take(lane, slots.free(lane), signal)) {
        if (signal.aborted) queued.release();
        else void carryQueued(deps, lane, queued);
      }
    } catch (reason) {
      logger.warn({ lane, reason: LongarmError.from(reason).message }, "The lane could not be read; trying again.");
      await clock.sleep(pauseAfterFaultMs, signal).catch(() => undefined);
    }
  }
}

async function carryQueued(deps: Deps, lane: Lane, queued: QueuedRun): Promise<void> {
  const { slots, carrier, logger } = deps;
  slots.take(lane);
  try {
    const claimed = await carrier.claimNew(queued);
    queued.settle();
    if (claimed) await carrier.carry(claimed);
  } catch (reason) {
    queued.release();
    logger.warn(
      { runId: queued.submission.runId, reason: LongarmError.from(reason).message },
      "A submission could not be claimed; it is offered again.",
    );
  } finally {
    slots.release(lane);
  }
}
