import type { Clock } from "@longarm/shared";
import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import { MemoryEventOutcomes } from "../../packages/controller/src/memory/memory-event-outcomes.ts";
import { gatheredCodec, runEndsCodec, triggerCodec, triggerStateCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import type { Triggers } from "../../packages/controller/src/ports/trigger-store.ts";

/** All that triggers take, in memory. */
export function triggersInMemory(clock: Clock): Triggers {
  return {
    definitions: new MemoryDefinitionStore(triggerCodec, clock),
    states: new MemoryDefinitionStore(triggerStateCodec, clock),
    gathered: new MemoryDefinitionStore(gatheredCodec, clock),
    runEnds: new MemoryDefinitionStore(runEndsCodec, clock),
    outcomes: new MemoryEventOutcomes(),
  };
}
