import type { Clock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { okta } from "@longarm/okta";
import { HookTally } from "../../../packages/controller/src/hooks/hook-tally.ts";
import { StoredHookDoor } from "../../../packages/controller/src/hooks/stored-hook-door.ts";
import { MemoryDefinitionStore } from "../../../packages/controller/src/memory/memory-definition-store.ts";
import type { ConnectionStore } from "../../../packages/controller/src/ports/connection-store.ts";
import { webhookCodec, webhookStateCodec } from "../../../packages/controller/src/ports/definition-codec.ts";
import type { EventStore } from "../../../packages/controller/src/ports/event-store.ts";
import type { HookDoor } from "../../../packages/controller/src/ports/hook-door.ts";
import type { Webhooks } from "../../../packages/controller/src/ports/webhook-store.ts";

/** An empty registry and the real door over it, for an org in which the user `00uOwn` is ourselves. */
export function scriptedHooks(of: {
  readonly connections: ConnectionStore;
  readonly events: Pick<EventStore, "store">;
  readonly clock: Clock;
}): { readonly webhooks: Webhooks; readonly hookDoor: HookDoor } {
  const { clock } = of;
  const webhooks = {
    definitions: new MemoryDefinitionStore(webhookCodec, clock),
    states: new MemoryDefinitionStore(webhookStateCodec, clock),
  };
  const tally = new HookTally({ states: webhooks.states, meter: { count: () => undefined }, clock, logger: silentLogger });
  const actors = { of: async () => new Set(["00uOwn"]) };
  return { webhooks, hookDoor: new StoredHookDoor({ ...of, webhooks, spokes: [okta], actors, tally }) };
}
