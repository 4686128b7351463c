import { LongarmError, type Clock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { judgeRoom, soundWrites, watchDisk, watchWrite, type WriteWatch } from "../decide/storage.ts";
import type { StorageGauge } from "../ports/storage-gauge.ts";
import type { StorageRoom } from "../run/steer/storage-room.ts";

interface Deps {
  readonly gauge: StorageGauge;
  readonly room: StorageRoom;
  /** Absent: the usual one. */
  readonly reserveBytes: number | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

// New runs are refused within a second, and a disk is not filled from the reserve to the brim in between.
const lookEveryMs = 200;

/** Keeps an eye on the store, and has an embedded broker started again that refuses writes. Resolves when the signal is aborted. */
export async function watchStorage(deps: Deps, signal: AbortSignal): Promise<void> {
  let watch = soundWrites;
  while (!signal.aborted) {
    try {
      watch = await lookOnce(deps, watch);
    } catch (reason) {
      deps.logger.error({ reason: LongarmError.from(reason).message }, "The broker could not be started again; trying again.");
    }
    await deps.clock.sleep(lookEveryMs, signal).catch(() => undefined);
  }
}

/** One look, and what follows from it. */
export async function lookOnce(deps: Deps, before: WriteWatch): Promise<WriteWatch> {
  const { gauge, room, reserveBytes, logger } = deps;
  const reading = await gauge.measure();
  const verdict = judgeRoom(reading, reserveBytes);
  if (room.see(verdict)) logger[verdict.hasRoom ? "info" : "warn"]({ roomBytes: verdict.roomBytes }, verdict.sentence);
  const { watch, mayTry } = watchDisk(before, reading.freeDiskBytes);
  if (!mayTry) return watch;
  const succeeded = await gauge.canWrite();
  room.seeWrites(succeeded);
  const tried = watchWrite(watch, succeeded);
  if (tried.restart && gauge.restart) {
    logger.warn({}, "There is room again, but the broker refuses writes since its disk was full: it is started again.");
    await gauge.restart();
  }
  return tried.watch;
}
