import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import { syncCodec, syncMarkCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import type { Syncs } from "../../packages/controller/src/ports/sync-store.ts";
import type { SyncEngine } from "../../packages/spoke/src/index.ts";

/** Syncs in memory, with an engine that knows users and groups and writes nowhere unless told otherwise. */
export function syncsInMemory(run: SyncEngine["run"] = async () => ({ tables: {}, faults: 0 })): Syncs {
  return {
    definitions: new MemoryDefinitionStore(syncCodec),
    marks: new MemoryDefinitionStore(syncMarkCodec),
    engine: { streams: ["users", "groups"], sinks: ["sqlite", "lake"], run },
  };
}
