import { deepEqual, rejects } from "node:assert/strict";
import { LongarmError, type StoredEvent } from "@longarm/shared";
import type { InboundEvent } from "@longarm/spoke";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryEventStore } from "../memory/memory-event-store.ts";
import { storeEvents } from "./store-events.ts";

const test = suite("storing the events of a hook");

const at = { connection: "acme", nowMs: 1 };

function event(uuid: string, object: string): InboundEvent {
  const targets = [{ id: object, type: "User" }];
  return { uuid, type: "okta.user.lifecycle.create", publishedMs: null, actorId: null, targets, isEcho: false, data: { uuid } };
}

test("stores those of one object in their order, while others wait for nobody", async () => {
  const order: string[] = [];
  const held = Promise.withResolvers<void>();
  const store = async (one: StoredEvent) => {
    if (one.id === "acme:a1") await held.promise;
    order.push(one.id);
    if (one.id === "acme:b1") held.resolve();
    return { isNew: true, event: one } as const;
  };
  const events = [event("a1", "a"), event("a2", "a"), event("b1", "b")];
  deepEqual(await storeEvents(events, { ...at, store: { store } }), { events: 3, duplicates: 0 });
  deepEqual(order, ["acme:b1", "acme:a1", "acme:a2"]);
});

test("tells an event of one connection from the same one of another", async () => {
  const store = new MemoryEventStore();
  await storeEvents([event("a1", "a")], { ...at, store });
  deepEqual(await storeEvents([event("a1", "a")], { ...at, store }), { events: 0, duplicates: 1 });
  deepEqual(await storeEvents([event("a1", "a")], { ...at, connection: "globex", store }), { events: 1, duplicates: 0 });
});

test("fails when one event is not stored, and stores nothing of its object behind it", async () => {
  const stored: string[] = [];
  const store = async (one: StoredEvent) => {
    if (one.id === "acme:a1") throw new LongarmError("storage_full");
    stored.push(one.id);
    return { isNew: true, event: one } as const;
  };
  const events = [event("a1", "a"), event("a2", "a"), event("b1", "b")];
  await rejects(() => storeEvents(events, { ...at, store: { store } }), { code: "storage_full" });
  deepEqual(stored, ["acme:b1"]);
});

test.run();
