import type { RestExecutor } from "@longarm/shared/rest";
import type { AnyDefinition } from "@longarm/spoke";
import type { Disk } from "../../../packages/agent/src/journal/disk.ts";
import type { Journal } from "../../../packages/agent/src/journal/journal.ts";
import type { ControllerPresence } from "../../../packages/controller/src/ports/controller-presence.ts";
import type { RunLog } from "../../../packages/controller/src/ports/run-log.ts";
import type { RunQueue } from "../../../packages/controller/src/ports/run-queue.ts";
import type { SimProcess } from "../world/sim-process.ts";

/** The seams at which a fault can be planted in the product without a change of its code. Each gives back what it is given, or worse. */
export interface Bugs {
  log(log: RunLog, process: SimProcess): RunLog;
  queue(queue: RunQueue, process: SimProcess): RunQueue;
  presence(presence: ControllerPresence, process: SimProcess): ControllerPresence;
  /** Of a controller's own calls, or of an agent's. */
  executor(executor: RestExecutor, process: SimProcess): RestExecutor;
  /** What an agent takes for the time at a controller. */
  agentNowMs(nowMs: number): number;
  disk(disk: Disk): Disk;
  journal(journal: Journal): Journal;
  definition(definition: AnyDefinition): AnyDefinition;
}

/** The product as it is. */
export const noBugs: Bugs = {
  log: (log) => log,
  queue: (queue) => queue,
  presence: (presence) => presence,
  executor: (executor) => executor,
  agentNowMs: (nowMs) => nowMs,
  disk: (disk) => disk,
  journal: (journal) => journal,
  definition: (definition) => definition,
};
