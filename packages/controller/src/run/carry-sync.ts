import { formatDuration, LongarmError } from "@longarm/shared";
import type { SyncDefinition } from "@longarm/spoke";
import { type SyncMark, type SyncMarks, syncOf, type Syncs } from "../ports/sync-store.ts";
import type { Carriage } from "./carriage.ts";
import { pause } from "./park.ts";
import { patiently } from "./patiently.ts";
import { CarriedPages } from "./sync-pages.ts";

/** What a run of a sync was submitted with: the sync as it stood then. */
export type SyncOrder = Omit<SyncDefinition, "name" | "connection">;

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
const patienceMs = 24 * 3_600_000;
const markEveryMs = 1_000;
// The pauses of the whole run, and not of one of its lists.
const noOrdinal = -1;

/**
 * Carries a run of a sync. What was committed stands in the sink with its checkpoint, so whoever takes the run over goes on behind it, and
 * its new epoch shuts the former owner out. A sink that cannot take anything is waited for, a day at most. Throws what ends the run.
 */
export async function carrySync(carriage: Carriage, { engine, marks }: Syncs, order: SyncOrder): Promise<unknown> {
  const { deps, submission, connection, signal } = carriage;
  const name = syncOf(submission.action) ?? "";
  const mark = new ProgressMark(carriage, marks, name);
  const epoch = await mark.begin();
  const pages = new CarriedPages(carriage, (items) => mark.add(items));
  const job = { runId: submission.runId, sync: { name, connection: connection.name, ...order }, epoch, pages, signal };
  let failingSinceMs: number | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    const kept = mark.pages;
    try {
      return await engine.run(job);
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

/** How far a run has come, for people; what counts stands in the sink. */
class ProgressMark {
  readonly #carriage: Carriage;
  readonly #marks: SyncMarks;
  #mark: SyncMark;
  #writing: Promise<unknown> = Promise.resolve();
  #writtenMs = Number.NEGATIVE_INFINITY;
  #isBehind = false;

  constructor(carriage: Carriage, marks: SyncMarks, sync: string) {
    this.#carriage = carriage;
    this.#marks = marks;
    this.#mark = { sync, runId: carriage.submission.runId, pages: 0, items: 0 };
  }

  get pages(): number {
    return this.#mark.pages;
  }

  /** Makes the run the sync's one; resolves to an epoch that is higher than that of any owner before. */
  async begin(): Promise<number> {
    const { deps, signal } = this.#carriage;
    const { sequence } = await patiently({ clock: deps.clock, signal }, async () => {
      const before = await this.#marks.get(this.#mark.sync);
      if (before?.value.runId === this.#mark.runId) this.#mark = before.value;
      return this.#marks.put(this.#mark.sync, this.#mark);
    });
    return sequence;
  }

  add(items: number): void {
    const { deps, submission } = this.#carriage;
    this.#mark = { ...this.#mark, pages: this.#mark.pages + 1, items: this.#mark.items + items };
    this.#isBehind = true;
    deps.signals.tell(submission.runId, "progress");
    if (deps.clock.monotonicMs() - this.#writtenMs >= markEveryMs) this.#write();
  }

  /** Resolves when what is known is written, or could not be. */
  async settle(): Promise<void> {
    if (this.#isBehind) this.#write();
    await this.#writing;
  }

  #write(): void {
    this.#isBehind = false;
    this.#writtenMs = this.#carriage.deps.clock.monotonicMs();
    const mark = this.#mark;
    // A mark that is lost costs nothing but a look at it: the next one tells more.
    this.#writing = this.#writing.then(() => this.#marks.put(mark.sync, mark)).catch(() => undefined);
  }
}
