import assert from "node:assert/strict";
import { buckets, control, type SeenObject, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing, KeyRing, newRingKey } from "@longarm/shared/seal";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { mergeGone, mergeSeen } from "../../packages/controller/src/decide/records/merge-record.ts";
import { MemoryRecordStore } from "../../packages/controller/src/memory/memory-record-store.ts";
import { SealedValues } from "../../packages/controller/src/nats/kv/sealed-values.ts";
import { JetStreamRecordStore } from "../../packages/controller/src/nats/records/jetstream-record-store.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { KeptRecord, RecordEvent, RecordKey, RecordStore } from "../../packages/controller/src/ports/record-store.ts";
import { withBroker } from "../support/broker.ts";
import { suite } from "../support/suite.ts";

/** Two controllers' views of the same records. */
type Views = readonly [RecordStore, RecordStore];

function keyOf(id: string, over: Partial<RecordKey> = {}): RecordKey {
  return { kind: "groups", connection: "acme", id, ...over };
}

function seen(changedAt: number, seenAt = changedAt): SeenObject {
  return { object: { id: "00g1", name: `at ${changedAt}` }, changedAt, seenAt, source: "sync" };
}

function upsert(store: RecordStore, key: RecordKey, sight: SeenObject): Promise<KeptRecord | undefined> {
  return store.change(key, (kept) => mergeSeen(kept, sight));
}

async function idsOf(store: RecordStore, connection: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of store.scan("groups", connection)) ids.push(id);
  return ids.toSorted();
}

/** What is followed from there, until so many have come. */
async function followed(store: RecordStore, after: number, count: number): Promise<readonly RecordEvent[]> {
  const enough = new AbortController();
  const events: RecordEvent[] = [];
  for await (const batch of store.follow("groups", after, enough.signal)) {
    events.push(...batch);
    if (events.length >= count) enough.abort();
  }
  return events;
}

/** What both keep, each under a title. */
const promises: Readonly<Record<string, (views: Views) => Promise<void>>> = {
  "know nothing of what nobody has seen": async ([here]) => {
    assert.equal(await here.read(keyOf("00g1")), undefined);
    assert.deepEqual(await idsOf(here, "acme"), []);
  },

  "show everywhere at once what was stored": async ([here, there]) => {
    const stored = await upsert(here, keyOf("00g1"), seen(5));
    const state = { object: { id: "00g1", name: "at 5" }, changedAt: 5, firstSeenAt: 5, syncedAt: 5, deletedAt: null, source: "sync" };
    assert.deepEqual(stored, { ...keyOf("00g1"), ...state });
    assert.deepEqual(await there.read(keyOf("00g1")), stored);
  },

  "store nothing where nothing else is to be kept": async ([here]) => {
    await upsert(here, keyOf("00g1"), seen(5));
    const { lastSequence } = await here.identity("groups");
    assert.equal(await upsert(here, keyOf("00g1"), seen(4, 4)), undefined);
    assert.equal((await here.identity("groups")).lastSequence, lastSequence);
  },

  "keep the newest of a hundred that two write at the same time": async ([here, there]) => {
    const times = Array.from({ length: 100 }, (_, n) => ((n * 37) % 100) + 1);
    await Promise.all(times.map((at, n) => upsert(n % 2 === 0 ? here : there, keyOf("00g1"), seen(at))));
    const kept = await here.read(keyOf("00g1"));
    assert.deepEqual([kept?.changedAt, kept?.syncedAt], [100, 100]);
  },

  "mark what is gone, and keep it": async ([here]) => {
    await upsert(here, keyOf("00g1"), seen(5));
    await here.change(keyOf("00g1"), (kept) => mergeGone(kept, 9));
    const kept = await here.read(keyOf("00g1"));
    assert.deepEqual([kept?.deletedAt, kept?.object], [9, { id: "00g1", name: "at 5" }]);
  },

  "tell the connections and kinds apart": async ([here]) => {
    await upsert(here, keyOf("00g1"), seen(1));
    await upsert(here, keyOf("00g2"), seen(1));
    await upsert(here, keyOf("00g3", { connection: "acme-eu" }), seen(1));
    await upsert(here, keyOf("0oa1", { kind: "applications" }), seen(1));
    assert.deepEqual(await idsOf(here, "acme"), ["00g1", "00g2"]);
    assert.equal(await here.read(keyOf("0oa1")), undefined);
  },

  "are followed from a sequence on, of each record its last state": async ([here, there]) => {
    for (const at of [1, 2, 3]) await upsert(here, keyOf("00g1"), seen(at));
    await upsert(here, keyOf("00g2"), seen(1));
    const events = await followed(there, 0, 2);
    assert.deepEqual(
      events.map(({ record }) => [record.id, record.changedAt]),
      [
        ["00g1", 3],
        ["00g2", 1],
      ],
    );
    const rest = followed(there, events.at(-1)?.sequence ?? 0, 1);
    await upsert(here, keyOf("00g1"), seen(7));
    assert.deepEqual(
      (await rest).map(({ record }) => record.changedAt),
      [7],
    );
  },

  "refuse an id that could widen a key, and an object that is too large": async ([here]) => {
    await assert.rejects(upsert(here, keyOf("a.b"), seen(1)), { code: "invalid_request" });
    const large: SeenObject = { ...seen(1), object: { text: "x".repeat(600_000) } };
    await assert.rejects(upsert(here, keyOf("00g1"), large), { code: "input_too_large" });
  },
};

async function withJetStreamViews(body: (views: Views, tools: { corrupt(id: string): Promise<void> }) => Promise<void>): Promise<void> {
  await withBroker(async (broker) => {
    const { control: connection } = await broker.connections();
    const [js, jsm] = [jetstream(connection), await jetstreamManager(connection)];
    await createStreams(jsm, { replicas: 1 });
    const deps = { connection, js, jsm, ring: createKeyRing(), clock: systemClock, logger: silentLogger };
    const view = () => new JetStreamRecordStore(deps);
    await body([view(), view()], {
      corrupt: async (id) => void (await js.publish(`${control.keyPrefix(buckets.recordsGroups)}acme.${id}`, "not sealed")),
    });
  });
}

const memory = suite("records in memory");
const sealed = suite("records in buckets");
for (const [title, keep] of Object.entries(promises)) {
  memory(title, () => {
    const store = new MemoryRecordStore(systemClock);
    return keep([store, store]);
  });
  sealed(title, () => withJetStreamViews((views) => keep(views)));
}

sealed("are sealed anew when the key changes, like all that stands in buckets", () =>
  withBroker(async (broker) => {
    const { control: connection } = await broker.connections();
    const [js, jsm] = [jetstream(connection), await jetstreamManager(connection)];
    await createStreams(jsm, { replicas: 1 });
    const [former, next] = [newRingKey(), newRingKey()];
    const ring = new KeyRing([former], former.id);
    const store = new JetStreamRecordStore({ connection, js, jsm, ring, clock: systemClock, logger: silentLogger });
    for (const id of ["00g1", "00g2"]) await upsert(store, keyOf(id), seen(1));
    ring.adopt(new KeyRing([former, next], next.id));
    const values = new SealedValues({ js, jsm, ring, logger: silentLogger });
    assert.equal(await values.reseal(), 2);
    ring.adopt(new KeyRing([next], next.id));
    assert.deepEqual(await idsOf(store, "acme"), ["00g1", "00g2"]);
    await upsert(store, keyOf("00g1"), seen(2));
  }),
);

sealed("leave out what was altered in the store, and refuse it where it is asked for", () =>
  withJetStreamViews(async ([here], { corrupt }) => {
    await upsert(here, keyOf("00g1"), seen(1));
    await upsert(here, keyOf("00g2"), seen(1));
    await corrupt("00g1");
    assert.deepEqual(await idsOf(here, "acme"), ["00g2"]);
    await assert.rejects(here.read(keyOf("00g1")), { code: "sealed_record_rejected" });
  }),
);

sealed("hold what many write at once, of two kinds side by side", () =>
  withJetStreamViews(async ([here]) => {
    const ids = Array.from({ length: 500 }, (_, n) => `00g${n}`);
    const apps = ids.map((id) => keyOf(id, { kind: "applications" }));
    await Promise.all([...ids.map((id) => keyOf(id)), ...apps].map((key) => upsert(here, key, seen(1))));
    assert.equal((await idsOf(here, "acme")).length, 500);
    assert.equal((await here.identity("applications")).lastSequence, 500);
  }),
);

sealed("are followed to the last one, however many there are, though nothing comes behind it", () =>
  withJetStreamViews(async ([here, there]) => {
    const ids = Array.from({ length: 900 }, (_, n) => `00g${n}`);
    await Promise.all(ids.map((id) => upsert(here, keyOf(id), seen(1))));
    for (let time = 0; time < 5; time += 1) assert.equal((await followed(there, 0, ids.length)).length, ids.length);
  }),
);

memory.run();
sealed.run();
