import type { CheckpointStore, HeldCheckpoint } from "../../ports/checkpoint-store.ts";
import type { WriterIdentity } from "../../ports/sink.ts";
import { FencedFile } from "./fenced-file.ts";
import { fileFault } from "./file-fault.ts";

/** Keeps the checkpoint of one sync in a directory of its own, on disk before it says so. */
export class FileCheckpointStore implements CheckpointStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async hold(writer: WriterIdentity): Promise<HeldCheckpoint> {
    const file = this.#try(() => FencedFile.hold(this.#directory, writer));
    return {
      content: file.content,
      check: async () => this.#try(() => file.checkFence()),
      save: async (content) => this.#try(() => file.save(content)),
    };
  }

  #try<T>(use: () => T): T {
    try {
      return use();
    } catch (reason) {
      throw fileFault(reason, this.#directory);
    }
  }
}
