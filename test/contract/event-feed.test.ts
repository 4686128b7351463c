import { deepEqual, equal, ok } from "node:assert/strict";
import { control, systemClock, type StoredEvent } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { MemoryEventStore } from "../../packages/controller/src/memory/memory-event-store.ts";
import { JetStreamEventFeed } from "../../packages/controller/src/nats/events/jetstream-event-feed.ts";
import { JetStreamEventStore } from "../../packages/controller/src/nats/events/jetstream-event-store.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { EventFeed } from "../../packages/controller/src/ports/event-feed.ts";
import type { EventStore } from "../../packages/controller/src/ports/event-store.ts";
import { withBroker } from "../support/broker.ts";
import { suite } from "../support/suite.ts";

interface World {
  readonly feed: EventFeed;
  readonly store: Pick<EventStore, "store">;
  /** Puts a message among the events that is none. */
  forge(): Promise<void>;
}

async function storeSome(store: World["store"], ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const event: StoredEvent = { id, source: "event", type: "tick", subject: "", data: {}, depth: 0, isEcho: false, receivedAtMs: 1 };
    await store.store(event);
  }
}

async function readFrom(feed: EventFeed, after: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const events of feed.read(after)) ids.push(...events.map(({ event }) => event.id));
  return ids;
}

/** What both keep, each under a title. */
const promises: Readonly<Record<string, (world: World) => Promise<void>>> = {
  "is empty before the first event, and is read to its end": async ({ feed, store }) => {
    deepEqual([await feed.position(), await readFrom(feed, 0)], [0, []]);
    await storeSome(store, ["a", "b", "c"]);
    deepEqual(await readFrom(feed, 0), ["a", "b", "c"]);
    deepEqual(await readFrom(feed, await feed.position()), []);
  },

  "tells a place behind which all stands that is stored from then on, and nothing else": async ({ feed, store }) => {
    await storeSome(store, ["a", "b"]);
    const place = await feed.position();
    await storeSome(store, ["b", "c", "d"]);
    deepEqual(await readFrom(feed, place), ["c", "d"]);
  },

  "reads many, in their order": async ({ feed, store }) => {
    const ids = Array.from({ length: 250 }, (_, n) => `e${n}`);
    await storeSome(store, ids);
    deepEqual(await readFrom(feed, 0), ids);
  },

  "is followed through a burst to its very end": async ({ feed, store }) => {
    const [enough, ids] = [new AbortController(), new Set<string>()];
    const all = Array.from({ length: 600 }, (_, n) => `e${n}`);
    const followed = (async () => {
      for await (const events of feed.follow(0, enough.signal)) {
        for (const { event } of events) ids.add(event.id);
        if (ids.size === all.length) enough.abort();
      }
    })();
    for (let n = 0; n < all.length; n += 150) await Promise.all(all.slice(n, n + 150).map((id) => storeSome(store, [id])));
    await followed;
    equal(ids.size, all.length);
  },

  "is followed from a place on, until nobody wants it any more": async ({ feed, store }) => {
    await storeSome(store, ["a", "b"]);
    const enough = new AbortController();
    const ids: string[] = [];
    let last = 0;
    for await (const events of feed.follow(1, enough.signal)) {
      for (const { event, sequence } of events) {
        ids.push(event.id);
        ok(sequence > last);
        last = sequence;
      }
      if (ids.length === 1) await storeSome(store, ["c"]);
      if (ids.length === 2) enough.abort();
    }
    deepEqual(ids, ["b", "c"]);
  },
};

function inMemory(body: (world: World) => Promise<void>): Promise<void> {
  const store = new MemoryEventStore();
  return body({ feed: store, store, forge: async () => undefined });
}

function onBroker(body: (world: World) => Promise<void>): Promise<void> {
  return withBroker(async (broker) => {
    const { control: connection } = await broker.connections();
    const [jsm, js, ring] = [await jetstreamManager(connection), jetstream(connection), createKeyRing()];
    await createStreams(jsm, { replicas: 1, keepEventsMs: 86_400_000 });
    const deps = { connection, js, jsm, ring, clock: systemClock, logger: silentLogger };
    await body({
      feed: new JetStreamEventFeed(deps),
      store: new JetStreamEventStore(deps),
      forge: async () => void (await js.publish(control.event("forged"), "forged")),
    });
  });
}

const [memory, stream] = [suite("the feed of events in memory"), suite("the feed of events in a stream")];
for (const [title, keep] of Object.entries(promises)) {
  memory(title, () => inMemory(keep));
  stream(title, () => onBroker(keep));
}

stream("passes over what does not open", () =>
  onBroker(async ({ feed, store, forge }) => {
    await storeSome(store, ["a"]);
    await forge();
    await storeSome(store, ["b"]);
    deepEqual(await readFrom(feed, 0), ["a", "b"]);
    await forge();
    equal(await feed.position(), 4);
    deepEqual(await readFrom(feed, 3), []);
  }),
);

memory.run();
stream.run();
