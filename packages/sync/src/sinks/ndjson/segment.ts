import { closeSync, copyFileSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { LongarmError } from "@longarm/shared";

/** How far the files of one table got: the number of the file that is being written, its name under `open/`, and what of it is committed. */
export interface SegmentPosition {
  readonly sequence: number;
  /** Null: the file of that number is not begun. */
  readonly part: string | null;
  readonly bytes: number;
}

/** Nothing written yet. */
export const firstSegment: SegmentPosition = { sequence: 1, part: null, bytes: 0 };

function syncPath(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The files of a sink: finished ones in the directory, one under way for each table in `open/`. */
export class Segments {
  readonly #directory: string;
  readonly #epoch: number;

  constructor(directory: string, epoch: number) {
    this.#directory = directory;
    this.#epoch = epoch;
    mkdirSync(join(directory, "open"), { recursive: true, mode: 0o700 });
  }

  /** Appends lines as one gzip member, on disk when it returns, and tells the position behind it. Nothing of it counts before that is saved. */
  append(name: string, position: SegmentPosition, lines: readonly string[]): SegmentPosition {
    const part = position.part ?? `${name}-${position.sequence}.e${this.#epoch}.part`;
    const bytes = gzipSync(`${lines.join("\n")}\n`, { level: 6 });
    const descriptor = openSync(join(this.#directory, "open", part), position.part === null ? "w" : "r+", 0o600);
    try {
      // What a commit left that failed or was cut off goes first.
      ftruncateSync(descriptor, position.bytes);
      for (let written = 0; written < bytes.length;)
        written += writeSync(descriptor, bytes, written, bytes.length - written, position.bytes + written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (position.part === null) syncPath(join(this.#directory, "open"));
    return { sequence: position.sequence, part, bytes: position.bytes + bytes.length };
  }

  /**
   * Gives the file under way its final name, with what is committed of it and no more, and tells where the next one begins. It is copied:
   * a writer that was shut out may still hold the old one open. May be repeated after a crash at any moment.
   */
  finish(name: string, { sequence, part, bytes }: SegmentPosition): SegmentPosition {
    if (part === null) return { sequence, part, bytes };
    const open = join(this.#directory, "open", part);
    const final = join(this.#directory, `${name}-${String(sequence).padStart(6, "0")}.ndjson.gz`);
    if (!existsSync(open) && !existsSync(final))
      throw new LongarmError(
        "sink_rejected",
        `${open} is gone, and with it what was committed; put it back, or begin in an empty directory.`,
      );
    if (existsSync(open)) {
      const copy = join(this.#directory, "open", `${name}-${sequence}.e${this.#epoch}.finishing`);
      copyFileSync(open, copy);
      const descriptor = openSync(copy, "r+");
      try {
        ftruncateSync(descriptor, bytes);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(copy, final);
      syncPath(this.#directory);
      rmSync(open, { force: true });
    }
    return { sequence: sequence + 1, part: null, bytes: 0 };
  }
}
