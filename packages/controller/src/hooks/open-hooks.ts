import type { Clock, Lifecycle, OpenLook } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { Spoke } from "@longarm/spoke";
import type { LookEnd } from "../decide/hooks/look.ts";
import type { ChildRuns } from "../ports/child-runs.ts";
import type { Connection, ConnectionStore } from "../ports/connection-store.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { HookDoor, HookMeter } from "../ports/hook-door.ts";
import type { Webhook, Webhooks } from "../ports/webhook-store.ts";
import { HookTally } from "./hook-tally.ts";
import { lookForMissed } from "./look-for-missed.ts";
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
  /** The runs by which an org's own records are read. */
  readonly children: ChildRuns;
  /** Without a slash at its end. */
  readonly publicUrl?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lifecycle: Pick<Lifecycle, "add">;
}

/** All that takes what orgs send by themselves. */
export interface Hooks {
  readonly door: HookDoor;
  readonly actors: OwnActorBook;
  readonly tally: HookTally;
  /** Finds and stores what never came in a look's time. Throws the signal's reason. */
  look(at: { readonly hook: Webhook; readonly look: OpenLook }, signal: AbortSignal): Promise<LookEnd>;
}

/** The parts over their stores; what is counted is written down when the lifecycle ends. */
export function openHooks(deps: HookDeps): Hooks {
  const { states } = deps.webhooks;
  const tally = new HookTally({ ...deps, states });
  deps.lifecycle.add("counts of hooks", () => tally.close());
  const actors = new OwnActorBook({ ...deps, states });
  // A connection names no spoke; there is one whose targets send anything.
  const [from] = deps.spokes.flatMap(({ name: spoke, inbound }) => (inbound ? [{ spoke, inbound }] : []));
  return {
    ...{ tally, actors, door: new StoredHookDoor({ ...deps, actors, tally }) },
    look: async (at, signal) => (from ? lookForMissed({ ...deps, ...from, actors }, at, signal) : { missed: 0, note: null }),
  };
}
