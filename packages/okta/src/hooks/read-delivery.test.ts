import { deepEqual, equal, ok } from "node:assert/strict";
import type { InboundEvent } from "@longarm/spoke";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { mostEvents, readDelivery } from "./read-delivery.ts";

const test = suite("deliveries of event hooks");
const own = new Set(["00uOwn"]);

function entry(uuid: string, change: object = {}): object {
  return {
    ...{ uuid, published: "2026-05-04T10:00:00.000Z", eventType: "user.lifecycle.create", actor: { id: "00uAda", type: "User" } },
    target: [{ id: "00u1", type: "User", displayName: "Grace" }],
    ...change,
  };
}

function bodyOf(events: unknown, change: object = {}): object {
  return { eventType: "com.okta.event_hook", eventTypeVersion: "1.0", eventId: "d-1", data: { events }, ...change };
}

function eventsOf(events: readonly unknown[]): readonly InboundEvent[] {
  const read = readDelivery(bodyOf(events), own);
  ok(read.kind === "delivery", JSON.stringify(read));
  return read.events;
}

function placeOf(body: unknown): string {
  const read = readDelivery(body, own);
  return read.kind === "malformed" ? `${read.pointer} ${read.problem}` : "taken";
}

test("say what happened, when, to what and by whom", () => {
  const sent = entry("e-1");
  const event = {
    ...{ uuid: "e-1", type: "okta.user.lifecycle.create", publishedMs: Date.UTC(2026, 4, 4, 10), actorId: "00uAda" },
    ...{ targets: [{ id: "00u1", type: "User" }], isEcho: false, data: sent },
  };
  deepEqual(readDelivery(bodyOf([sent]), own), { kind: "delivery", id: "d-1", events: [event] });
});

test("are put into the order in which it happened, each event once", () => {
  const at = (uuid: string, second: string): object => entry(uuid, { published: `2026-05-04T10:00:${second}Z` });
  const unknown = entry("timeless", { published: null });
  const events = eventsOf([unknown, at("late", "09"), at("first", "01.5"), at("same", "09"), at("first", "01.5")]);
  deepEqual(
    events.map(({ uuid }) => uuid),
    ["first", "late", "same", "timeless"],
  );
});

test("tell the installation's own changes from those of others", () => {
  const events = eventsOf([entry("ours", { actor: { id: "00uOwn" } }), entry("theirs"), entry("nobody's", { actor: null })]);
  deepEqual(
    events.map(({ isEcho }) => isEcho),
    [true, false, false],
  );
});

test("may lack what an org leaves empty", () => {
  const [event] = eventsOf([entry("bare", { actor: null, target: null, published: undefined })]);
  deepEqual([event?.actorId, event?.targets, event?.publishedMs], [null, [], null]);
  deepEqual(eventsOf([entry("odd", { target: [null, { id: "00u1" }, { id: "00g1", type: "UserGroup" }] })])[0]?.targets, [
    { id: "00g1", type: "UserGroup" },
  ]);
});

const refused: readonly (readonly [body: unknown, place: string])[] = [
  [null, " must be an object"],
  [[], " must be an object"],
  [bodyOf([entry("e")], { eventType: "com.okta.inline_hook" }), '/eventType must be "com.okta.event_hook"'],
  [bodyOf([entry("e")], { eventId: "" }), "/eventId must be the delivery's id"],
  [bodyOf({}), "/data/events must be a list of events"],
  [bodyOf([entry("e")], { data: null }), "/data/events must be a list of events"],
  [bodyOf([]), "/data/events must have 1 to 1000 events; it has 0"],
  [bodyOf(Array.from({ length: mostEvents + 1 }, (_, at) => entry(`e-${at}`))), "/data/events must have 1 to 1000 events; it has 1001"],
  [bodyOf([entry("e"), 7]), "/data/events/1 must be an object"],
  [bodyOf([entry("x".repeat(129))]), "/data/events/0/uuid must be the event's id"],
  [bodyOf([entry("e", { eventType: 5 })]), "/data/events/0/eventType must be the event's type"],
  [bodyOf([entry("e", { eventType: "user.*" })]), "/data/events/0/eventType must be the event's type"],
  [bodyOf([entry("e", { published: "yesterday" })]), "/data/events/0/published must be a time such as 2026-05-04T10:00:00.000Z"],
  [bodyOf([entry("e", { published: "2026-13-04T10:00:00Z" })]), "/data/events/0/published must be a time such as 2026-05-04T10:00:00.000Z"],
];
test("are refused whole where something is malformed, with its place", () => {
  for (const [body, place] of refused) equal(placeOf(body), place);
});

test("never throw, whatever is sent", () => {
  const strange = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((events) => bodyOf(events)),
    fc.array(fc.jsonValue()).map((events) => bodyOf(events)),
  );
  fc.assert(
    fc.property(strange, (body) => ["delivery", "malformed"].includes(readDelivery(body, own).kind)),
    { numRuns: 2_000 },
  );
});

test.run();
