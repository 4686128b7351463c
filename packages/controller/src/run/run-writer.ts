import { LongarmError, type LogEntry, type RunId } from "@longarm/shared";
import type { LogPosition, RunLog, StoredRecord } from "../ports/run-log.ts";
import type { SeenRecord } from "./view/run-view.ts";

interface Deps {
  readonly log: RunLog;
  readonly run: RunId;
  readonly position: LogPosition;
  readonly epoch: number;
  /** Aborted when this controller stops. */
  readonly signal: AbortSignal;
  /** Sees what others appended meanwhile. */
  readonly onCommands: (records: readonly StoredRecord[]) => void;
  /** Sees each entry that is to be written, at once. */
  readonly onEntry?: (entry: LogEntry) => void;
  /** Sees each record of ours once it is stored. */
  readonly onStored?: (record: SeenRecord) => void;
  /** Runs a task at the end of the event loop's turn. */
  readonly afterTurn: (task: () => void) => void;
}

/**
 * The owner's pen: appends in order, one record at a time. Deferred entries wait for the next append, and are written by
 * themselves at the end of the event loop's turn when none comes: they are on disk before the run does anything that another
 * could see, and a last outcome shares its record with `completed`.
 */
export class RunWriter {
  readonly #deps: Deps;
  #position: LogPosition;
  #deferred: LogEntry[] = [];
  #afterwards: (() => void)[] = [];
  #tail: Promise<void> = Promise.resolve();
  #hasWritten = false;
  #overtaken: LongarmError | undefined;
  /** What kept a record from being stored: nothing may be appended behind the gap. */
  #failure: LongarmError | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#position = deps.position;
  }

  /** Is another controller's claim in the log? */
  get isOvertaken(): boolean {
    return this.#overtaken !== undefined;
  }

  /** Has anything been written since the claim, or is to be? */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  /** Leaves an entry to the next append. */
  defer(entry: LogEntry): void {
    this.#hasWritten = true;
    this.#deps.onEntry?.(entry);
    this.#deferred.push(entry);
    this.#deps.afterTurn(() => {
      if (this.#deferred.length > 0) this.write([]).catch(() => undefined);
    });
  }

  /** Runs `then` once everything that is deferred by now is stored; never, when that fails. */
  afterStored(then: () => void): void {
    this.#afterwards.push(then);
  }

  /** Resolves once everything deferred, and these entries behind it, is stored. Throws `overtaken` when the run has another owner. */
  write(entries: readonly LogEntry[]): Promise<void> {
    for (const entry of entries) this.#deps.onEntry?.(entry);
    const record = [...this.#deferred, ...entries];
    this.#hasWritten ||= record.length > 0;
    this.#deferred = [];
    const afterwards = this.#afterwards.splice(0);
    const written = this.#tail
      .then(() => this.#append(record))
      .then(() => afterwards.forEach((then) => then()))
      .catch((reason: unknown) => {
        this.#failure ??= LongarmError.from(reason);
        throw reason;
      });
    this.#tail = written.catch(() => undefined);
    return written;
  }

  async #append(entries: readonly LogEntry[]): Promise<void> {
    if (this.#failure) throw this.#failure;
    const { log, run, epoch, signal, onCommands, onStored } = this.#deps;
    while (entries.length > 0) {
      const result = await log.append(run, { at: this.#position, epoch, entries }, signal);
      if (result.kind === "overtaken") {
        this.#overtaken = new LongarmError("overtaken", `Another controller carries ${run} now, under epoch ${result.epoch}.`);
        throw this.#overtaken;
      }
      this.#position = result.position;
      if (result.kind === "appended") return onStored?.({ position: result.position, timeMs: result.timeMs, entries });
      onCommands(result.records);
    }
  }
}
