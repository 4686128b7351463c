import { eventLimits, type StoredEvent } from "@longarm/shared";
import { canonicalJson } from "@longarm/shared/seal";
import type { InboundEvent } from "@longarm/spoke";
import type { EventStore } from "../ports/event-store.ts";

interface At {
  readonly connection: string;
  readonly nowMs: number;
  /** The look that found them; absent: they were delivered. */
  readonly foundBy?: string;
}

// Each is an fsync of its own; a delivery of a thousand events has three seconds.
const atOnce = 16;

/** An event of a hook as it is stored: the same event of another connection is another one. */
export function toStoredEvent(event: InboundEvent, { connection, nowMs, foundBy }: At): StoredEvent {
  const { uuid, type, publishedMs, isEcho, data } = event;
  return {
    ...{ id: `${connection}:${uuid}`, source: "hook", type, subject: subjectOf(event), depth: 0, isEcho },
    ...{ receivedAtMs: nowMs, connection, data: bounded(data) },
    ...(publishedMs !== null && { publishedMs }),
    ...(foundBy !== undefined && { foundBy }),
  };
}

/** The object that it is about first of all; where there is none, who did it. */
function subjectOf({ targets: [target], actorId }: InboundEvent): string {
  return target?.id ?? actorId ?? "";
}

/** Data beyond what is kept would be refused for ever, and the event with it: what identifies it stays. */
function bounded(data: InboundEvent["data"]): Readonly<Record<string, unknown>> {
  if (Buffer.byteLength(canonicalJson(data)) <= eventLimits.dataBytes) return data;
  const { uuid, published, eventType } = data;
  return { uuid, published, eventType, isShortened: true };
}

/**
 * Stores events, those of one object one after the other in the order that they are given in. Resolves to how many were new, once all are
 * stored; what the same look had stored when it was broken off is new to it still. Throws what storing the first of those that fail throws,
 * and those behind it of the same object are not stored then.
 */
export async function storeEvents(
  events: readonly InboundEvent[],
  { store, ...at }: At & { readonly store: Pick<EventStore, "store"> },
): Promise<{ readonly events: number; readonly duplicates: number }> {
  const lines = new Map<string, StoredEvent[]>();
  for (const event of events.map((one) => toStoredEvent(one, at))) {
    const line = lines.get(event.subject);
    if (line) line.push(event);
    else lines.set(event.subject, [event]);
  }
  let isNew = 0;
  const waiting = [...lines.values()];
  const work = async (): Promise<void> => {
    for (let line = waiting.shift(); line; line = waiting.shift())
      for (const event of line) {
        const stored = await store.store(event);
        if (stored.isNew || (at.foundBy !== undefined && stored.event.foundBy === at.foundBy)) isNew += 1;
      }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(atOnce, waiting.length) }, work));
  const failed = lanes.find((lane) => lane.status === "rejected");
  if (failed) throw failed.reason;
  return { events: isNew, duplicates: events.length - isNew };
}
