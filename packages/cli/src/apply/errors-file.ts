import { type FileHandle, open, rm } from "node:fs/promises";
import type { StepError } from "./run-step.ts";

/** A file of what went wrong, a JSON object a line, for its owner's eyes. It is gone when nothing did. */
export class ErrorsFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #count = 0;
  /** Lines go one after the other, since a handle takes one at a time. */
  #written: Promise<void> = Promise.resolve();

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Begins the file of this plan anew: an execution that is started again meets the same errors again. */
  static async of(planFile: string): Promise<ErrorsFile> {
    const path = `${planFile}.errors.ndjson`;
    return new ErrorsFile(path, await open(path, "w", 0o600));
  }

  get count(): number {
    return this.#count;
  }

  write(error: StepError): Promise<void> {
    this.#count += 1;
    this.#written = this.#append(this.#written, `${JSON.stringify(error)}\n`);
    return this.#written;
  }

  async #append(before: Promise<void>, line: string): Promise<void> {
    await before;
    await this.#handle.appendFile(line);
  }

  async close(): Promise<void> {
    await this.#handle.close();
    if (this.#count === 0) await rm(this.path, { force: true });
  }
}
