import type { InboundEvent, InboundTarget, ReadDelivery } from "@longarm/spoke";

type Json = Readonly<Record<string, unknown>>;
type Fault = Extract<ReadDelivery, { kind: "malformed" }>;

/** More than an org puts into one delivery; it bounds what one request can make the controller store. */
export const mostEvents = 1_000;
const longestName = 128;
// `okta.` stands before it.
const longestType = 120;

/**
 * Reads the JSON that an org sends to an event hook: its events in the order in which they happened, each uuid once, those without a
 * time last. `ownActors` are the ids under which the installation's own changes appear in that org. A delivery is taken whole or not at all.
 */
export function readDelivery(body: unknown, ownActors: ReadonlySet<string>): ReadDelivery {
  if (!isObject(body)) return malformed("", "must be an object");
  if (body["eventType"] !== "com.okta.event_hook") return malformed("/eventType", 'must be "com.okta.event_hook"');
  if (!isName(body["eventId"])) return malformed("/eventId", "must be the delivery's id");
  const entries = isObject(body["data"]) ? body["data"]["events"] : undefined;
  if (!Array.isArray(entries)) return malformed("/data/events", "must be a list of events");
  if (entries.length === 0 || entries.length > mostEvents)
    return malformed("/data/events", `must have 1 to ${mostEvents} events; it has ${entries.length}`);
  const byUuid = new Map<string, InboundEvent>();
  for (const [at, entry] of entries.entries()) {
    const event = readEvent(entry, { pointer: `/data/events/${at}`, ownActors });
    if ("problem" in event) return event;
    if (!byUuid.has(event.uuid)) byUuid.set(event.uuid, event);
  }
  return { kind: "delivery", id: body["eventId"], events: [...byUuid.values()].toSorted(byTime) };
}

/** Sorting is stable, so what happened at the same time stays as it was sent. */
function byTime(left: InboundEvent, right: InboundEvent): number {
  const [before, after] = [left.publishedMs ?? Number.MAX_SAFE_INTEGER, right.publishedMs ?? Number.MAX_SAFE_INTEGER];
  return before - after;
}

/** One event of a delivery, or of the org's own log; `pointer` is its place for what is wrong with it. */
export function readEvent(
  entry: unknown,
  { pointer, ownActors }: { readonly pointer: string; readonly ownActors: ReadonlySet<string> },
): InboundEvent | Fault {
  if (!isObject(entry)) return malformed(pointer, "must be an object");
  const { uuid, eventType, published, actor, target } = entry;
  if (!isName(uuid)) return malformed(`${pointer}/uuid`, "must be the event's id");
  if (!isType(eventType)) return malformed(`${pointer}/eventType`, "must be the event's type");
  const publishedMs = readTime(published);
  if (publishedMs === undefined) return malformed(`${pointer}/published`, "must be a time such as 2026-05-04T10:00:00.000Z");
  const actorId = isObject(actor) && isName(actor["id"]) ? actor["id"] : null;
  return {
    ...{ uuid, type: `okta.${eventType}`, publishedMs, actorId },
    targets: Array.isArray(target) ? target.flatMap(readTarget) : [],
    isEcho: actorId !== null && ownActors.has(actorId),
    data: entry,
  };
}

/** Null where there is none, undefined where it is no time. */
function readTime(published: unknown): number | null | undefined {
  if (published === undefined || published === null) return null;
  const isWritten = typeof published === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(published);
  const ms = isWritten ? Date.parse(published) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function readTarget(target: unknown): InboundTarget[] {
  if (!isObject(target)) return [];
  const { id, type } = target;
  return isName(id) && isName(type) ? [{ id, type }] : [];
}

function isName(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value) && value.length <= longestName;
}

/** In a trigger `*` stands for any characters. */
function isType(value: unknown): value is string {
  return isName(value) && value.length <= longestType && !value.includes("*");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(pointer: string, problem: string): Fault {
  return { kind: "malformed", pointer, problem };
}
