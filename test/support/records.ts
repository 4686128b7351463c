import type { Clock } from "@longarm/shared";
import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import { MemoryRecordStore } from "../../packages/controller/src/memory/memory-record-store.ts";
import { recordMarkCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import type { Records } from "../../packages/controller/src/ports/record-store.ts";

/** No record yet, and nothing sealed. */
export function recordsInMemory(clock: Clock): Records {
  return { store: new MemoryRecordStore(clock), marks: new MemoryDefinitionStore(recordMarkCodec, clock) };
}
