import { type Gate, localReach, type Reach, reachOf, type RestExecutor } from "@longarm/shared/rest";
import type { Connection } from "../../ports/connection-store.ts";

/** The connection as far as it says where its calls may go. */
type Bounded = Pick<Connection, "name" | "baseUrl" | "addresses">;

/** The executor of this process, held to what the connection may reach from here; an agent is held to its site's policy instead. */
export function localExecutor(executor: RestExecutor, connection: Bounded): RestExecutor {
  const permit = { by: `the connection "${connection.name}"`, reach: reachOfConnection(connection) };
  const gate: Gate = () => Promise.resolve(permit);
  return {
    send: (request, signal) => executor.send({ ...request, gate }, signal),
    pages: (request, signal) => executor.pages({ ...request, gate }, signal),
  };
}

// Connections are few, their calls many.
const reaches = new Map<string, Reach>();
const rememberedReaches = 1_000;

function reachOfConnection({ baseUrl, addresses }: Bounded): Reach {
  const entries = addresses ?? localReach(baseUrl);
  const key = entries.join(" ");
  const known = reaches.get(key);
  if (known) return known;
  if (reaches.size >= rememberedReaches) reaches.clear();
  const reach = reachOf(entries);
  reaches.set(key, reach);
  return reach;
}
