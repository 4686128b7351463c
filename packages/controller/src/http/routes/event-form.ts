import { eventLimits, eventSources, type StoredEvent } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { Type, type Static } from "typebox";
import { toRfc3339 } from "../moments.ts";
import { closed, paging } from "../schemas.ts";

const { idLength, typeLength, subjectLength } = eventLimits;
const time = Type.String({ format: "date-time" });
const eventId = Type.String({
  // A path would lose an id of dots alone.
  pattern: `^(?!\\.{1,2}$)[!-~]{1,${idLength}}$`,
  [expectsKeyword]: `1 to ${idLength} visible ASCII characters`,
  examples: ["hr-17"],
});
const eventType = Type.String({
  pattern: `^[A-Za-z0-9][A-Za-z0-9._-]{0,${typeLength - 1}}$`,
  [expectsKeyword]: `a type: a letter or digit, then at most ${typeLength - 1} letters, digits, ".", "_" or "-"`,
  examples: ["user.created"],
});
const source = Type.Enum([...eventSources], {
  description: "`event`: posted; `hook`: sent by an event hook of an org; `flow`: a run that ended. `event` unless told.",
});

/** An event as somebody posts it. */
export const EventForm = closed(
  {
    type: eventType,
    subject: Type.Optional(Type.String({ maxLength: subjectLength, description: "What it is about, such as a login; may be left away." })),
    data: Type.Optional(Type.Unknown({ description: "Any JSON, 256 KiB at most; an empty object unless told. No secrets." })),
    id: Type.Optional({ ...eventId, description: "The poster's own: two with the same id are one event. A new one unless told." }),
  },
  { examples: [{ type: "user.created", subject: "ada@example.com", data: { login: "ada@example.com" }, id: "hr-17" }] },
);

/** An event without its data. */
const EventRowSchema = Type.Object({
  id: Type.String(),
  source: Type.Enum([...eventSources]),
  type: Type.String(),
  subject: Type.String(),
  depth: Type.Integer({ description: "How many events lie behind it; 0: it came from outside." }),
  isEcho: Type.Boolean({ description: "An org reports what this installation itself has changed." }),
  receivedAt: time,
  publishedAt: Type.Union([time, Type.Null()], { description: "When whoever sent it says that it was." }),
  connection: Type.Union([Type.String(), Type.Null()], { description: "In whose org it happened." }),
});

const outcomes = Type.Array(Type.Ref("EventOutcome"), {
  description: "What the triggers that name it made of it; none: there are none, or it is not judged yet.",
});
/** An event in a list, with what became of it. */
export const ListedEventSchema = Type.Object({ ...EventRowSchema.properties, outcomes });

/** An event as it is shown. */
export const EventSchema = Type.Object({ ...EventRowSchema.properties, data: Type.Unknown(), outcomes }, { $id: "Event" });

/** What becomes of a posted event. */
export const PostedEventSchema = Type.Object({
  ...EventRowSchema.properties,
  duplicate: Type.Boolean({ description: "An event of this id was there before, and counts; this one is not stored." }),
  differs: Type.Optional(Type.Boolean({ description: "Of a duplicate: does it say something else than the first one?" })),
  triggers: Type.Array(Type.String(), { description: "The triggers that name it, drafts too, as far as you may see them." }),
  hint: Type.Optional(Type.String({ description: "Why it will start nothing." })),
});

export const eventParams = closed({ id: eventId });
export const eventSourceQuery = closed({ source: Type.Optional(source) });
export const EventQueryForm = closed({
  ...paging,
  since: Type.Optional(Type.String({ maxLength: 40, description: "RFC 3339, or how long ago (`1h`)." })),
  type: Type.Optional(eventType),
  source: Type.Optional(source),
});

/** The event that a form means, received now. */
export function toEvent(
  form: Static<typeof EventForm>,
  at: { readonly id: string; readonly poster: string; readonly nowMs: number },
): StoredEvent {
  const { type, subject = "", data = {} } = form;
  return { id: at.id, source: "event", type, subject, data, depth: 0, isEcho: false, receivedAtMs: at.nowMs, behind: [at.poster] };
}

/** An event as its row. */
export function viewEventRow({ id, source: from, type, subject, depth, isEcho, ...event }: StoredEvent): Static<typeof EventRowSchema> {
  return {
    ...{ id, source: from, type, subject, depth, isEcho, receivedAt: toRfc3339(event.receivedAtMs) },
    publishedAt: event.publishedMs === undefined ? null : toRfc3339(event.publishedMs),
    connection: event.connection ?? null,
  };
}
