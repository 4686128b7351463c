import { randomUUID } from "node:crypto";
import { isCommand, LongarmError, type Clock, type EndedRun, type RunId, type Submission } from "@longarm/shared";
import type { AppendResult, LogEvent, LogPosition, RunLog, StoredRecord, StoredRun, SubmitResult } from "../ports/run-log.ts";
import { Changes } from "./changes.ts";

interface Held {
  readonly submission: Submission;
  readonly position: LogPosition;
  readonly records: StoredRecord[];
}

/** The run log in memory, for tests: the same promises but that of surviving the process. */
export class MemoryRunLog implements RunLog {
  readonly #clock: Clock;
  readonly #runs = new Map<RunId, Held>();
  readonly #ended = new Map<RunId, { readonly ended: EndedRun; readonly untilMs: number }>();
  readonly #events: LogEvent[] = [];
  readonly #storedMs: number[] = [];
  readonly #changes = new Changes();

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock;
  }

  async submit(submission: Submission, { mayStore = true } = {}): Promise<SubmitResult> {
    const ended = this.ended(submission.runId);
    if (ended) return { kind: "ended", ended };
    const held = this.#runs.get(submission.runId);
    if (held) return { kind: "exists", submission: held.submission };
    if (!mayStore) throw new LongarmError("storage_full", undefined, { retryable: true });
    this.#runs.set(submission.runId, { submission, position: { sequence: 0, hash: newHash(), epoch: 0 }, records: [] });
    this.#tell({ kind: "submitted", sequence: this.#events.length + 1, timeMs: submission.submittedAtMs, submission });
    return { kind: "stored" };
  }

  async read(run: RunId): Promise<StoredRun | undefined> {
    const held = this.ended(run) ? undefined : this.#runs.get(run);
    return held && { ...held, records: [...held.records] };
  }

  async append(run: RunId, append: Parameters<RunLog["append"]>[1], signal: AbortSignal): Promise<AppendResult> {
    signal.throwIfAborted();
    if (this.ended(run)) return { kind: "overtaken", epoch: append.epoch };
    const held = this.#runs.get(run);
    const newer = held?.records.filter((record) => record.position.sequence > append.at.sequence) ?? [];
    const newest = newer.at(-1);
    if (newest) {
      const isOvertaken = newer.some((record) => record.position.epoch > append.epoch || !record.entries.every(isCommand));
      if (isOvertaken) return { kind: "overtaken", epoch: newest.position.epoch };
      return { kind: "commands", records: newer, position: newest.position };
    }
    const timeMs = this.#clock.nowMs();
    const position: LogPosition = { sequence: this.#events.length + 1, hash: newHash(), epoch: Math.max(append.epoch, append.at.epoch) };
    held?.records.push({ position, appendId: randomUUID(), timeMs, entries: append.entries });
    this.#tell({ kind: "record", sequence: position.sequence, timeMs, runId: run, epoch: append.epoch, entries: append.entries });
    return { kind: "appended", position, timeMs };
  }

  async *follow(after: number, signal: AbortSignal): AsyncGenerator<readonly LogEvent[]> {
    for (let next = after; !signal.aborted;) {
      const batch = this.#events.slice(next);
      next = this.#events.length;
      if (batch.length > 0) yield batch;
      else await this.#changes.next(signal);
    }
  }

  async identity(): Promise<{ readonly name: string; readonly lastSequence: number }> {
    return { name: "memory", lastSequence: this.#events.length };
  }

  async ageOf(sequence: number): Promise<number | undefined> {
    const storedMs = this.#storedMs[sequence - 1];
    return storedMs === undefined ? undefined : this.#clock.nowMs() - storedMs;
  }

  /** Ends a run for everybody; false when it had been ended, or is not known. */
  end(ended: EndedRun, keepMs: number): boolean {
    const { runId } = ended;
    if (this.ended(runId) || !this.#runs.has(runId)) return false;
    const timeMs = this.#clock.nowMs();
    this.#ended.set(runId, { ended, untilMs: timeMs + keepMs });
    this.#tell({ kind: "removed", sequence: this.#events.length + 1, timeMs, ended });
    return true;
  }

  ended(run: RunId): EndedRun | undefined {
    const kept = this.#ended.get(run);
    return kept && kept.untilMs > this.#clock.nowMs() ? kept.ended : undefined;
  }

  forget(run: RunId): void {
    this.#runs.delete(run);
  }

  #tell(event: LogEvent): void {
    this.#events.push(event);
    this.#storedMs.push(this.#clock.nowMs());
    this.#changes.tell();
  }
}

function newHash(): Uint8Array {
  return new TextEncoder().encode(randomUUID());
}
