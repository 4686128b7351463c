import { LongarmError } from "@longarm/shared";
import type { Catalogue } from "@longarm/spoke";
import type { Connection } from "../../ports/connection-store.ts";
import { DirectReads } from "./direct-reads.ts";
import { placeNow, type PlacingDeps } from "../place/place-now.ts";
import { authOf } from "../call/request.ts";

interface Deps extends PlacingDeps {
  readonly catalogue: Pick<Catalogue, "spokes">;
}

/** Asks a target under which ids the changes by its connection's credential appear there, by the way that a run would take. */
export function ownActorsAsker(deps: Deps): (connection: Connection, signal: AbortSignal) => Promise<readonly string[]> {
  return async (connection, signal) => {
    const [spoke] = deps.catalogue.spokes();
    if (!spoke?.inbound) return [];
    const placed = await placeNow(deps, connection, undefined);
    if (placed instanceof LongarmError) throw placed;
    const auth = await authOf(deps, connection, placed.choice);
    const clientId = auth.scheme === "oauth" ? auth.client.clientId : null;
    return spoke.inbound.ownActors(new DirectReads({ connection, auth, executor: placed.executor, signal }), clientId);
  };
}
