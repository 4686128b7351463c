import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { type TableName, tableNames } from "../../decide/table.ts";
import type { Batch, CommitReport, Sink, SinkWriter, WriterIdentity } from "../../ports/sink.ts";
import { type ChangeRecord, changeRecords, rowsWritten } from "../change-record.ts";
import { FencedFile } from "../files/fenced-file.ts";
import { fileFault } from "../files/file-fault.ts";
import { firstSegment, type SegmentPosition, Segments } from "./segment.ts";

/** Where the files go, and how large one gets. */
export interface NdjsonSinkOptions {
  /** Made when absent, readable by its owner alone. */
  readonly directory: string;
  /** A file of this size or more is finished, and another one begun; default 64 MiB, compressed. */
  readonly rotateBytes?: number;
}

/** Files are named after their table; what is no row has files of its own. */
type FileName = TableName | "row_faults";

interface State {
  readonly checkpoint: string | null;
  readonly files: Readonly<Partial<Record<FileName, SegmentPosition>>>;
}

const nothing: State = { checkpoint: null, files: {} };

/**
 * Changes as lines of JSON, a series of gzip files for each table: `users-000001.ndjson.gz`, `users-000002…`. Read in the order of their
 * numbers they tell the table's state. A file appears under its name when it is complete, and does not change any more; what is being
 * written stands in `open/` until the sink is closed or the file is large enough. How far the files count, and the checkpoint, are one
 * text that is replaced as a whole (`state/`).
 */
export class NdjsonSink implements Sink {
  readonly #options: NdjsonSinkOptions;

  constructor(options: NdjsonSinkOptions) {
    this.#options = options;
  }

  async open(writer: WriterIdentity): Promise<SinkWriter> {
    const { directory, rotateBytes = 64 * 1_024 * 1_024 } = this.#options;
    try {
      return new NdjsonWriter({ directory, rotateBytes }, FencedFile.hold(join(directory, "state"), writer), writer.epoch);
    } catch (reason) {
      throw fileFault(reason, directory);
    }
  }
}

class NdjsonWriter implements SinkWriter {
  readonly #options: Required<NdjsonSinkOptions>;
  readonly #held: FencedFile;
  readonly #segments: Segments;
  readonly checkpoint: string | null;
  #state: State;
  #isClosed = false;

  constructor(options: Required<NdjsonSinkOptions>, held: FencedFile, epoch: number) {
    this.#options = options;
    this.#held = held;
    this.#segments = new Segments(options.directory, epoch);
    this.#state = held.content === null ? nothing : (JSON.parse(held.content) as State);
    this.checkpoint = this.#state.checkpoint;
    this.#finish(() => true);
  }

  async commit(batch: Batch): Promise<CommitReport> {
    return this.#try(() => {
      this.#held.checkFence();
      this.#finish(({ bytes }) => bytes >= this.#options.rotateBytes);
      const files = { ...this.#state.files };
      for (const [name, lines] of linesByFile(batch)) files[name] = this.#segments.append(name, files[name] ?? firstSegment, lines);
      this.#save({ checkpoint: batch.checkpoint, files });
      return { written: rowsWritten(batch), marked: null, faults: [] };
    });
  }

  async countLive(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      this.#try(() => this.#finish(() => true));
    } catch (reason) {
      // Whoever shut this writer out has finished its files.
      if (LongarmError.from(reason).code !== "overtaken") throw reason;
    }
  }

  /** Finishes those of the files under way that are to be, once the fence has been looked at. */
  #finish(isDue: (position: SegmentPosition) => boolean): void {
    const due = [...tableNames, "row_faults" as const].filter((name) => {
      const position = this.#state.files[name];
      return position !== undefined && position.part !== null && isDue(position);
    });
    if (due.length === 0) return;
    this.#save(this.#state);
    const finished = due.map((name) => [name, this.#segments.finish(name, this.#state.files[name] ?? firstSegment)] as const);
    this.#save({ ...this.#state, files: { ...this.#state.files, ...Object.fromEntries(finished) } });
  }

  #save(state: State): void {
    this.#held.save(JSON.stringify(state));
    this.#state = state;
  }

  #try<T>(use: () => T): T {
    try {
      return use();
    } catch (reason) {
      // A file that is gone was finished by whoever shut this writer out: that is what there is to say.
      this.#held.checkFence();
      throw fileFault(reason, this.#options.directory);
    }
  }
}

function linesByFile(batch: Batch): ReadonlyMap<FileName, readonly string[]> {
  const lines = new Map<FileName, string[]>();
  for (const record of changeRecords(batch)) {
    const name = fileOf(record);
    const own = lines.get(name);
    if (own) own.push(JSON.stringify(record));
    else lines.set(name, [JSON.stringify(record)]);
  }
  return lines;
}

function fileOf(record: ChangeRecord): FileName {
  return record.kind === "fault" ? "row_faults" : record.table;
}
