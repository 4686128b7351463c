import { recordKinds, recordSources } from "@longarm/shared";
import { Type } from "typebox";
import type { KeptRecord } from "../../ports/record-store.ts";
import { toRfc3339 } from "../moments.ts";

const time = Type.String({ format: "date-time" });
const timeOrNull = (description: string) => Type.Union([time, Type.Null()], { description });

/** A record as it is shown. */
export const RecordSchema = Type.Object(
  {
    kind: Type.Enum([...recordKinds]),
    connection: Type.String(),
    id: Type.String({ description: "The target's own." }),
    object: Type.Record(Type.String(), Type.Unknown(), { description: "As the kind's actions and streams give it." }),
    changedAt: timeOrNull("When it last changed in the target, by the target's clock."),
    firstSeenAt: time,
    syncedAt: { ...time, description: "When it was last seen in the target." },
    deletedAt: timeOrNull("When it was found to be gone; null: it is there."),
    source: Type.Enum([...recordSources], {
      description: "Where it was last seen: told by an event hook, by a flow, in a listing of everything, or looked up for somebody.",
    }),
    ageMs: Type.Integer({ description: "How long ago it was last seen, or found to be gone." }),
  },
  { $id: "Record" },
);

function momentOrNull(ms: number | null): string | null {
  return ms === null ? null : toRfc3339(ms);
}

/** How long ago somebody last looked. */
export function ageOf({ syncedAt, deletedAt }: KeptRecord, nowMs: number): number {
  return Math.max(0, nowMs - Math.max(syncedAt, deletedAt ?? 0));
}

/** A record as JSON; times are RFC 3339. */
export function viewRecord(record: KeptRecord, nowMs: number) {
  const { kind, connection, id, object, changedAt, firstSeenAt, syncedAt, deletedAt, source } = record;
  const times = { changedAt: momentOrNull(changedAt), firstSeenAt: toRfc3339(firstSeenAt), syncedAt: toRfc3339(syncedAt) };
  return { kind, connection, id, object: { ...object }, ...times, deletedAt: momentOrNull(deletedAt), source, ageMs: ageOf(record, nowMs) };
}
