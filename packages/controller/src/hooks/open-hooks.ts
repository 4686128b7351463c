import type { Clock, Lifecycle } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { Spoke } from "@longarm/spoke";
import type { Connection, ConnectionStore } from "../ports/connection-store.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { HookDoor, HookMeter } from "../ports/hook-door.ts";
import type { Webhooks } from "../ports/webhook-store.ts";
import { HookTally } from "./hook-tally.ts";
import { OwnActorBook } from "./own-actors.ts";
import { StoredHookDoor } from "./stored-hook-door.ts";

/** What hooks stand on. */
export interface HookDeps {
  readonly spokes: readonly Spoke[];
  readonly webhooks: Webhooks;
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly events: Pick<EventStore, "store">;
  /** Under which ids changes by a connection's credential appear in its target. */
  readonly lookUp: (connection: Connection, signal: AbortSignal) => Promise<readonly string[]>;
  readonly meter: HookMeter;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lifecycle: Pick<Lifecycle, "add">;
}

/** All that takes what orgs send by themselves. */
export interface Hooks {
  readonly door: HookDoor;
  readonly actors: OwnActorBook;
  readonly tally: HookTally;
}

/** The parts over their stores; what is counted is written down when the lifecycle ends. */
export function openHooks(deps: HookDeps): Hooks {
  const { states } = deps.webhooks;
  const tally = new HookTally({ ...deps, states });
  deps.lifecycle.add("counts of hooks", () => tally.close());
  const actors = new OwnActorBook({ ...deps, states });
  return { tally, actors, door: new StoredHookDoor({ ...deps, actors, tally }) };
}
