import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { control, eventLimits, streams, systemClock, type StoredEvent } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { MemoryEventOutcomes } from "../../packages/controller/src/memory/memory-event-outcomes.ts";
import { MemoryEventStore } from "../../packages/controller/src/memory/memory-event-store.ts";
import { JetStreamEventOutcomes } from "../../packages/controller/src/nats/events/jetstream-event-outcomes.ts";
import { JetStreamEventStore } from "../../packages/controller/src/nats/events/jetstream-event-store.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { EventStore, TakenEvent } from "../../packages/controller/src/ports/event-store.ts";
import type { EventOutcomes } from "../../packages/controller/src/ports/trigger-store.ts";
import { withBroker } from "../support/broker.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

/** Two controllers' views of the same events. */
type Views = readonly [EventStore, EventStore];
const ackWaitMs = 300;

function hired(change: Partial<StoredEvent> = {}): StoredEvent {
  return {
    ...{ id: "hr-17", source: "event", type: "user.created", subject: "ada@example.com", depth: 0, isEcho: false },
    ...{ data: { login: "ada@example.com" }, receivedAtMs: 1_000, ...change },
  };
}

async function numbered(store: EventStore, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await store.store(hired({ id: `e${n}`, receivedAtMs: n, type: n % 2 === 0 ? "even" : "odd" }));
}

/** The first events that a view is handed out, each dealt with before the next. */
async function taken(store: EventStore, count: number, deal: (one: TakenEvent) => void): Promise<readonly string[]> {
  const enough = new AbortController();
  const ids: string[] = [];
  for await (const one of store.take(enough.signal)) {
    ids.push(one.event.id);
    deal(one);
    if (ids.length === count) enough.abort();
  }
  return ids;
}

const at = { connection: "acme", atMs: 5 } as const;

/** What both keep of what became of events. */
const outcomePromises: Readonly<Record<string, (outcomes: EventOutcomes) => Promise<void>>> = {
  "tell the last that was noted of each trigger, and nothing of an event that none named": async (outcomes) => {
    const [one, other] = [hired(), hired({ id: "hr-18" })];
    await outcomes.note(one, { trigger: "greet", ...at, kind: "gathered", untilMs: 7 });
    await outcomes.note(one, { trigger: "onboard", ...at, kind: "filter" });
    await outcomes.note(one, { trigger: "greet", ...at, kind: "started", runId: "run_1" });
    const kinds = (await outcomes.of("event", "hr-17")).map(({ trigger, kind }) => `${trigger} ${kind}`).toSorted();
    deepEqual(kinds, ["greet started", "onboard filter"]);
    const [ofOther = [], ofOne = []] = await outcomes.ofAll([other, one]);
    deepEqual([ofOther.length, ofOne.length], [0, 2]);
    deepEqual([await outcomes.of("hook", "hr-17"), await outcomes.ofAll([])], [[], []]);
  },

  "tell of as many events as a page may have": async (outcomes) => {
    const events = Array.from({ length: 120 }, (_, n) => hired({ id: `e${n}` }));
    for (const event of events.slice(50, 70)) await outcomes.note(event, { trigger: "greet", ...at, kind: "draft" });
    const found = await outcomes.ofAll(events);
    deepEqual(
      found.flatMap((ofOne, n) => (ofOne.length > 0 ? [n] : [])),
      Array.from({ length: 20 }, (_, n) => 50 + n),
    );
  },
};

/** What both keep, each under a title. */
const promises: Readonly<Record<string, (views: Views) => Promise<void>>> = {
  "give back what was stored, and nothing for what was not": async ([here, there]) => {
    const event = hired({ data: { profile: { city: "Malmö" }, list: [1, null] }, connection: "acme", publishedMs: 5, behind: ["hr"] });
    deepEqual(await here.store(event), { isNew: true, event });
    deepEqual(await there.get("event", "hr-17"), event);
    equal(await there.get("hook", "hr-17"), undefined);
  },

  "keep the first of two with the same source and id, and say whether the second says something else": async ([here, there]) => {
    await here.store(hired());
    deepEqual(await there.store(hired({ receivedAtMs: 2_000 })), { isNew: false, event: hired(), differs: false });
    deepEqual(await there.store(hired({ data: {} })), { isNew: false, event: hired(), differs: true });
    deepEqual(await here.get("event", "hr-17"), hired());
    equal((await here.store(hired({ source: "hook" }))).isNew, true);
  },

  "let one of a hundred be the first": async ([here, there]) => {
    const tries = Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? here : there).store(hired({ data: n })));
    const stored = await Promise.all(tries);
    const first = stored.filter(({ isNew }) => isNew);
    equal(first.length, 1);
    equal(new Set(stored.map(({ event }) => event.data)).size, 1);
  },

  "refuse what is too large with its size": async ([here]) => {
    await rejects(here.store(hired({ data: "x".repeat(eventLimits.dataBytes) })), {
      code: "input_too_large",
      message: /has 262146 bytes as JSON, and 262144 are allowed/,
    });
    equal((await here.store(hired({ data: "x".repeat(eventLimits.dataBytes - 2) }))).isNew, true);
  },

  "list nothing where nothing is": async ([here]) => deepEqual(await here.list({ limit: 5 }), { events: [] }),
  "list the newest first, page by page, and by type, source and time": async ([here, there]) => {
    await numbered(here, 7);
    const ids = async (query: Parameters<EventStore["list"]>[0]): Promise<readonly string[]> => {
      const { events, next } = await there.list(query);
      return [...events.map(({ id }) => id), ...(next === undefined ? [] : await ids({ ...query, before: next }))];
    };
    deepEqual(await ids({ limit: 3 }), ["e7", "e6", "e5", "e4", "e3", "e2", "e1"]);
    deepEqual(await ids({ limit: 2, type: "even" }), ["e6", "e4", "e2"]);
    deepEqual(await ids({ limit: 9, sinceMs: 6 }), ["e7", "e6"]);
    deepEqual(await ids({ limit: 9, source: "hook" }), []);
  },

  "hand each out once, in order, when it is settled": async ([here, there]) => {
    await numbered(here, 4);
    deepEqual(await taken(here, 2, (one) => one.settle()), ["e1", "e2"]);
    deepEqual(await taken(there, 2, (one) => one.settle()), ["e3", "e4"]);
  },

  "tell how many are not settled, one that is handed out included": async ([here, there]) => {
    equal(await there.countWaiting(), 0);
    await numbered(here, 3);
    equal(await there.countWaiting(), 3);
    const counts: Promise<number>[] = [];
    await taken(here, 1, (one) => {
      counts.push(there.countWaiting().then((count) => (one.settle(), count)));
    });
    deepEqual(await Promise.all(counts), [3]);
    await until("one is settled", async () => (await there.countWaiting()) === 2);
  },

  "hand one that was released out again before any later one, and count that": async ([here]) => {
    await numbered(here, 2);
    const deliveries: number[] = [];
    const ids = await taken(here, 3, (one) => {
      deliveries.push(one.delivery);
      if (one.delivery === 1 && one.event.id === "e1") one.release(1);
      else one.settle();
    });
    deepEqual(
      [ids, deliveries],
      [
        ["e1", "e1", "e2"],
        [1, 2, 1],
      ],
    );
  },
};

interface Around {
  readonly jsm: JetStreamManager;
  /** The connection of the first view. */
  readonly connection: NatsConnection;
}

async function withJetStream(body: (views: Views, around: Around) => Promise<void>): Promise<void> {
  await withBroker(async (broker) => {
    const ring = createKeyRing();
    const open = async (connection: NatsConnection): Promise<EventStore> => {
      const jsm = await jetstreamManager(connection);
      await createStreams(jsm, { replicas: 1, keepEventsMs: 86_400_000 });
      const deps = { connection, js: jetstream(connection), jsm, ring, clock: systemClock, logger: silentLogger, ackWaitMs };
      const store = new JetStreamEventStore(deps);
      await store.open();
      return store;
    };
    const [one, other, third] = await Promise.all(["one", "other", "third"].map((name) => broker.connections(name)));
    ok(one && other && third);
    const views = [await open(one.control), await open(other.control)] as const;
    await body(views, { jsm: await jetstreamManager(third.control), connection: one.control });
  });
}

const memory = suite("events in memory");
const stream = suite("events in a stream");
for (const [title, keep] of Object.entries(promises)) {
  memory(title, () => {
    const store = new MemoryEventStore();
    return keep([store, store]);
  });
  stream(title, () => withJetStream(keep));
}

/** Takes one and does nothing with it yet. */
async function takeOne(store: EventStore): Promise<{ readonly one: TakenEvent; readonly stop: () => Promise<unknown> }> {
  const taking = store.take(new AbortController().signal)[Symbol.asyncIterator]();
  const one = (await taking.next()).value as TakenEvent;
  return { one, stop: async () => taking.return?.().catch(() => undefined) };
}

stream("are handed out again, in their order, when whoever had one has died", () =>
  withJetStream(async ([here, there], { connection }) => {
    await numbered(here, 2);
    const { stop, one } = await takeOne(here);
    await connection.close();
    deepEqual(await taken(there, 2, (next) => next.settle()), ["e1", "e2"]);
    one.settle();
    await stop();
  }),
);

stream("stay with who works on them, however long that takes", () =>
  withJetStream(async ([here, there], { jsm }) => {
    await numbered(here, 2);
    const { one, stop } = await takeOne(here);
    await systemClock.sleep(ackWaitMs * 3);
    equal((await jsm.consumers.info(streams.events, "triggers")).num_redelivered, 0);
    one.settle();
    await stop();
    deepEqual(await taken(there, 1, (next) => next.settle()), ["e2"]);
  }),
);

stream("are sealed under subjects that tell nothing, and what does not open is set aside", () =>
  withJetStream(async ([here], { jsm, connection }) => {
    await numbered(here, 2);
    const message = await jsm.streams.getMessage(streams.events, { seq: 1 });
    ok(message && /^events\.[\w-]{43}$/.test(message.subject), message?.subject);
    ok(!Buffer.from(message.data).includes("ada@example.com"));
    await jetstream(connection).publish(control.event("forged"), "forged");
    await numbered(here, 3);
    deepEqual(await taken(here, 3, (one) => one.settle()), ["e1", "e2", "e3"]);
    deepEqual((await here.list({ limit: 5 })).events.length, 3);
    equal((await jsm.streams.info(streams.events)).config.max_age, 86_400_000_000_000);
  }),
);

stream("are listed though what became of them stands between and behind them", () =>
  withJetStream(async ([here], { jsm, connection }) => {
    const outcomes = new JetStreamEventOutcomes({ connection, jsm, ring: createKeyRing(), logger: silentLogger });
    await numbered(here, 2);
    for (const id of ["e1", "e2"]) await outcomes.note(hired({ id }), { trigger: "greet", ...at, kind: "draft" });
    await here.store(hired({ id: "e3" }));
    await outcomes.note(hired({ id: "e3" }), { trigger: "greet", ...at, kind: "draft" });
    deepEqual(
      (await here.list({ limit: 9 })).events.map(({ id }) => id),
      ["e3", "e2", "e1"],
    );
    deepEqual((await here.list({ limit: 9, before: 5 })).events.length, 2);
  }),
);

for (const [title, keep] of Object.entries(outcomePromises)) {
  memory(title, () => keep(new MemoryEventOutcomes()));
  stream(title, () =>
    withBroker(async (broker) => {
      const { control: connection } = await broker.connections();
      const jsm = await jetstreamManager(connection);
      await createStreams(jsm, { replicas: 1 });
      await keep(new JetStreamEventOutcomes({ connection, jsm, ring: createKeyRing(), logger: silentLogger }));
    }),
  );
}

memory.run();
stream.run();
