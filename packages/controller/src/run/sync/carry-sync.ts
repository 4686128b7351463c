import { formatDuration, LongarmError } from "@longarm/shared";
import type { SyncDefinition, SyncEngine } from "@longarm/spoke";
import { syncOf, type Syncs } from "../../ports/sync-store.ts";
import type { Carriage } from "../carriage.ts";
import { pause } from "../wait/park.ts";
import { RunMark } from "./sync-mark.ts";
import { CarriedPages } from "./sync-pages.ts";

/** What a run of a sync was submitted with: the sync as it stood then, and what was wished for this run alone. */
export interface SyncOrder extends Omit<SyncDefinition, "name" | "connection"> {
  /** The sink is this installation's from now on, though another one, or an earlier life of this one, wrote there last. */
  readonly takeOver?: true;
  /** What the connection leads to now is the org that was copied so far, under a new address. */
  readonly sameOrg?: true;
}

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const patienceMs = 24 * 3_600_000;
// The pauses of the whole run, and not of one of its lists.
const noOrdinal = -1;

/**
 * Carries a run of a sync. What was committed stands in the sink with its checkpoint, so whoever takes the run over goes on behind it, and
 * its new epoch shuts the former owner out. A sink that cannot take anything is waited for, a day at most. Throws what ends the run.
 */
export async function carrySync(carriage: Carriage, syncs: Syncs, order: SyncOrder): Promise<unknown> {
  const mark = new RunMark(carriage, { marks: syncs.marks, sync: syncOf(carriage.submission.action) ?? "" });
  let epoch = await mark.begin();
  for (let mayTakeOver = order.takeOver === true; ; mayTakeOver = false) {
    try {
      return await carryUnder(carriage, { engine: syncs.engine, order, mark, epoch });
    } catch (reason) {
      const error = LongarmError.from(reason);
      if (error.code !== "overtaken" || carriage.signal.aborted) throw reason;
      // By a successor? Then the run is that one's to end.
      await mark.assertOwned();
      const { by } = error.details;
      if (!mayTakeOver || typeof by !== "number") throw writtenByOthers(order, error);
      epoch = await mark.begin(by);
    }
  }
}

/** The fence of the sink knows a higher epoch, and no owner of this run has it. */
function writtenByOthers({ sink }: SyncOrder, { message, details }: LongarmError): LongarmError {
  const sentence =
    `${message} That is no epoch of this installation: another one writes to the sink "${sink}" under this name, or this one's store was made ` +
    "anew. If nobody else writes there, run the sync once with `takeOver` (longarm syncs run NAME --take-over).";
  return new LongarmError("conflict", sentence, { details });
}

interface Under {
  readonly engine: SyncEngine;
  readonly order: SyncOrder;
  readonly mark: RunMark;
  readonly epoch: number;
}

async function carryUnder(carriage: Carriage, { engine, order, mark, epoch }: Under): Promise<unknown> {
  const { deps, submission, connection, signal } = carriage;
  const name = syncOf(submission.action) ?? "";
  const pages = new CarriedPages(carriage, (items) => mark.add(items));
  const source = { source: connection.baseUrl, isSameOrg: order.sameOrg === true };
  const job = { runId: submission.runId, sync: { name, connection: connection.name, ...order }, ...source, epoch, pages, signal };
  let failingSinceMs: number | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    const kept = mark.pages;
    try {
      const output = await engine.run(job);
      if (order.mode === "full") mark.swept();
      return output;
    } catch (reason) {
      const error = LongarmError.from(reason);
      if (!isOfSink(error) || signal.aborted) throw reason;
      const nowMs = deps.clock.monotonicMs();
      if (mark.pages > kept) [failingSinceMs, pauseMs] = [undefined, firstPauseMs];
      failingSinceMs ??= nowMs;
      if (nowMs - failingSinceMs > patienceMs) throw reason;
      const sentence = `The sink "${order.sink}" could not take what was read, so nothing moves: ${error.message} It is tried again in ${formatDuration(pauseMs)}.`;
      await pause(carriage, { reason: "sink", sentence, forMs: pauseMs, ordinal: noOrdinal });
    } finally {
      await mark.settle();
    }
  }
}

function isOfSink({ code, retryable }: LongarmError): boolean {
  return retryable && code.startsWith("sink_");
}
