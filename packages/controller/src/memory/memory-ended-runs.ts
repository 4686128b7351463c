import type { EndedRun, RunId } from "@longarm/shared";
import type { EndedRuns } from "../ports/ended-runs.ts";
import type { MemoryBlobStore } from "./memory-blob-store.ts";
import type { MemoryItemStore } from "./memory-item-store.ts";
import type { MemoryRunLog } from "./memory-run-log.ts";

interface Deps {
  readonly log: MemoryRunLog;
  readonly items: MemoryItemStore;
  readonly blobs: MemoryBlobStore;
}

/** What is kept of removed runs in memory, for tests. */
export class MemoryEndedRuns implements EndedRuns {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async keep(ended: EndedRun, keepMs: number): Promise<boolean> {
    return this.#deps.log.end(ended, keepMs);
  }

  async get(run: RunId): Promise<EndedRun | undefined> {
    return this.#deps.log.ended(run);
  }

  async purge(run: RunId): Promise<void> {
    const { log, items, blobs } = this.#deps;
    if (!log.ended(run)) return;
    for (const store of [log, items, blobs]) store.forget(run);
  }
}
