import { randomUUID } from "node:crypto";
import { LongarmError, type EventOutcome, type StoredEvent } from "@longarm/shared";
import { Type, type Static } from "typebox";
import { mayUse } from "../../decide/access.ts";
import { isNamedBy } from "../../decide/trigger/judge-event.ts";
import type { EventQuery } from "../../ports/event-store.ts";
import type { Principal } from "../../ports/principal.ts";
import { refuse } from "../invalid-request.ts";
import { parsePast } from "../moments.ts";
import { answers } from "../schemas.ts";
import {
  EventForm,
  eventParams,
  EventQueryForm,
  eventSourceQuery,
  ListedEventSchema,
  PostedEventSchema,
  toEvent,
  viewEventRow,
} from "./event-form.ts";
import type { Routes } from "./route.ts";
import { viewOutcome } from "./trigger-view.ts";

const tags = ["events"];
const reads = { scope: "events:read" } as const;
const defaultLimit = 50;

/** What happened in an org is shown to whoever may use a connection to it. */
function maySee(principal: Principal, { connection }: StoredEvent): boolean {
  return connection === undefined || mayUse(principal, connection);
}

function viewOutcomes(principal: Principal, outcomes: readonly EventOutcome[]) {
  return outcomes.filter(({ connection }) => mayUse(principal, connection)).map(viewOutcome);
}

/** The triggers that name the event; a type that nobody listens to is told of, and is no error: the trigger may come later. */
async function listeners({ deps }: Routes, event: StoredEvent, principal: Principal): Promise<{ triggers: string[]; hint?: string }> {
  const all = (await deps.triggers.definitions.list()).map(({ value }) => value).filter((trigger) => isNamedBy({ trigger }, event));
  const triggers = all.filter(({ connection }) => mayUse(principal, connection)).map(({ name }) => name);
  if (all.length === 0)
    return {
      triggers,
      hint: `No trigger names events of the type "${event.type}", so this one starts nothing; flows that wait for it go on. \`longarm triggers ls\` lists them.`,
    };
  const areDrafts = all.every(({ state }) => state === "draft");
  return { triggers, ...(areDrafts && { hint: "Every trigger that names it is a draft, so it starts nothing." }) };
}

function registerPost(routes: Routes): void {
  const { app, deps } = routes;
  const schema = {
    operationId: "postEvent",
    summary: "Tell that something happened",
    description: "Stored before it is answered, and once: the id means the event for as long as events are kept.",
    tags,
    body: EventForm,
    response: answers({
      200: { ...PostedEventSchema, description: "An event of this id was there before." },
      202: { ...PostedEventSchema, description: "It is accepted." },
    }),
  };
  app.post("/v1/events", { schema, config: { scope: "events:write" } }, async ({ body, principal }, reply) => {
    const at = { id: body.id ?? randomUUID(), poster: principal.name, nowMs: deps.clock.nowMs() };
    const stored = await deps.events.store(toEvent(body, at));
    const differs = stored.isNew ? {} : { differs: stored.differs };
    return reply
      .code(stored.isNew ? 202 : 200)
      .header("location", `/v1/events/${encodeURIComponent(at.id)}`)
      .send({ ...viewEventRow(stored.event), duplicate: !stored.isNew, ...differs, ...(await listeners(routes, stored.event, principal)) });
  });
}

function toQuery({ since, cursor, limit, ...plain }: Static<typeof EventQueryForm>, nowMs: number): EventQuery {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) refuse("query", "/cursor", "is none that this route has given");
  return {
    ...plain,
    limit: limit ?? defaultLimit,
    ...(since !== undefined && { sinceMs: parsePast("since", since, nowMs) }),
    ...(cursor !== undefined && { before: Number(cursor) }),
  };
}

function registerReads({ app, deps }: Routes): void {
  const rows = Type.Object({
    events: Type.Array(ListedEventSchema),
    nextCursor: Type.Union([Type.String({ description: "A page may be short, or empty, and have a next one." }), Type.Null()]),
  });
  const list = { operationId: "listEvents", summary: "List events, newest first", tags, querystring: EventQueryForm };
  app.get("/v1/events", { schema: { ...list, response: answers({ 200: rows }) }, config: reads }, async ({ query, principal }) => {
    const page = await deps.events.list(toQuery(query, deps.clock.nowMs()));
    const seen = page.events.filter((event) => maySee(principal, event));
    const outcomes = await deps.triggers.outcomes.ofAll(seen);
    const events = seen.map((event, at) => ({ ...viewEventRow(event), outcomes: viewOutcomes(principal, outcomes[at] ?? []) }));
    return { events, nextCursor: page.next === undefined ? null : String(page.next) };
  });

  const one = { operationId: "getEvent", summary: "Show an event", tags, params: eventParams, querystring: eventSourceQuery };
  app.get("/v1/events/:id", { schema: { ...one, response: answers({ 200: Type.Ref("Event") }) }, config: reads }, async (request) => {
    const { id } = request.params;
    const { source = "event" } = request.query;
    const event = await deps.events.get(source, id);
    if (event && maySee(request.principal, event)) {
      const outcomes = await deps.triggers.outcomes.of(source, id);
      return { ...viewEventRow(event), data: event.data, outcomes: viewOutcomes(request.principal, outcomes) };
    }
    throw new LongarmError("unknown_event", `No event of the source ${source} has the id "${id}", or it is kept no more.`);
  });
}

/** `/v1/events`: what happened, for triggers to act on. */
export function registerEvents(routes: Routes): void {
  registerPost(routes);
  registerReads(routes);
}
