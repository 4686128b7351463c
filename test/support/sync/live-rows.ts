import { tableNames } from "@longarm/sync";
import type { SinkPlace } from "../sinks/places.ts";
import type { StoredRow } from "../sinks/state.ts";

/** The rows of every table but the log that are not marked as deleted: what they hold, not when they were seen. */
export async function liveRows(place: SinkPlace): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const { tables } = await place.state();
  const found = tableNames.filter((name) => name !== "logs").map((name) => [name, live(tables[name] ?? {})] as const);
  return Object.fromEntries(found);
}

// An assignment bears its user's own last change, which is no change of access, and is seen by the next sweep.
const ofTheUser = new Set(["last_updated", "lastUpdated"]);

function lasting(value: unknown): unknown {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => !ofTheUser.has(name)));
}

function live(rows: Readonly<Record<string, StoredRow>>): Readonly<Record<string, unknown>> {
  const kept = Object.entries(rows).filter(([, { deletedAt }]) => deletedAt === null);
  return Object.fromEntries(
    kept.map(([key, { values, raw }]) => [key, "app_id" in values ? [lasting(values), lasting(raw)] : [values, raw]]),
  );
}

/** The keys of a table's rows that are marked as deleted, with who said so. */
export async function markedRows(place: SinkPlace, table: (typeof tableNames)[number]): Promise<Readonly<Record<string, string | null>>> {
  const rows = Object.entries((await place.state()).tables[table] ?? {});
  return Object.fromEntries(rows.flatMap(([key, { deletedAt, deletedBy }]) => (deletedAt === null ? [] : [[key, deletedBy]])));
}
