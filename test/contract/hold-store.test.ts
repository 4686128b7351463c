import assert from "node:assert/strict";
import { buckets, control, newId, systemClock, type ControllerId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { MemoryHoldStore } from "../../packages/controller/src/memory/memory-hold-store.ts";
import { KvHoldStore } from "../../packages/controller/src/nats/kv/kv-hold-store.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { HoldStore } from "../../packages/controller/src/ports/hold-store.ts";
import { withBroker } from "../support/broker.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

/** Two controllers' views of the same places. */
type Views = readonly [HoldStore, HoldStore];
const holder = (owner: ControllerId = newId("controller")) => ({ run: newId("run"), owner });

/** What both keep, each under a title. */
const promises: Readonly<Record<string, (views: Views) => Promise<void>>> = {
  "know nobody who holds what nobody has taken": async ([here]) => {
    assert.deepEqual(here.known("a"), { key: "a", revision: 0, holders: [] });
    assert.deepEqual(here.held(), []);
  },

  "show what was written here at once, and to others when they have asked": async ([here, there]) => {
    const holders = [holder()];
    const written = await here.write({ key: "a", revision: 0, holders });
    assert.deepEqual(here.known("a"), written);
    await there.refresh();
    assert.deepEqual(there.known("a"), written);
    assert.deepEqual(
      there.held().map(({ key }) => key),
      ["a"],
    );
  },

  "tell others of a change by themselves": async ([here, there]) => {
    const told = Promise.withResolvers<string>();
    there.onChange(told.resolve);
    await here.write({ key: "a", revision: 0, holders: [holder()] });
    assert.equal(await told.promise, "a");
    await until("the other one knows", async () => there.known("a").holders.length === 1);
  },

  "refuse a change of what somebody else has changed meanwhile": async ([here, there]) => {
    const first = await here.write({ key: "a", revision: 0, holders: [holder()] });
    assert.equal(await there.write({ key: "a", revision: 0, holders: [holder()] }), undefined);
    await there.refresh();
    assert.deepEqual(there.known("a"), first);
    assert.ok(await there.write({ ...there.known("a"), holders: [] }));
    assert.deepEqual(there.held(), []);
  },

  "let one of a hundred have the last place": async ([here, there]) => {
    const tries = Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? here : there).write({ key: "a", revision: 0, holders: [holder()] }));
    const written = await Promise.all(tries);
    assert.equal(written.filter((one) => one !== undefined).length, 1);
  },
};

async function withKvViews(body: (views: Views, purge: () => Promise<void>) => Promise<void>): Promise<void> {
  await withBroker(async (broker) => {
    const { control: connection } = await broker.connections();
    const jsm = await jetstreamManager(connection);
    await createStreams(jsm, { replicas: 1 });
    const deps = { connection, ring: createKeyRing(), clock: systemClock, logger: silentLogger };
    const views = [await KvHoldStore.open(deps), await KvHoldStore.open(deps)] as const;
    try {
      await body(views, async () => void (await jsm.streams.purge(`KV_${buckets.holds}`)));
    } finally {
      for (const view of views) view.close();
    }
  });
}

const memory = suite("places in memory");
const kv = suite("places in a bucket");
for (const [title, keep] of Object.entries(promises)) {
  memory(title, () => {
    const store = new MemoryHoldStore();
    return keep([store, store]);
  });
  kv(title, () => withKvViews(keep));
}

kv("are taken again although the broker has forgotten them since", () =>
  withKvViews(async ([here, there], purge) => {
    await here.write({ key: "a", revision: 0, holders: [holder()] });
    assert.ok(await here.write({ ...here.known("a"), holders: [] }));
    await there.refresh();
    await purge();
    for (const view of [here, there]) {
      if (!(await view.write({ ...view.known("a"), holders: [holder()] })))
        assert.ok(await view.write({ ...view.known("a"), holders: [holder()] }));
    }
  }),
);

kv("are sealed, and what does not open is held by nobody", () =>
  withBroker(async (broker) => {
    const { control: connection } = await broker.connections();
    await createStreams(await jetstreamManager(connection), { replicas: 1 });
    await jetstream(connection).publish(`${control.keyPrefix(buckets.holds)}a`, Buffer.from("[]"));
    const store = await KvHoldStore.open({ connection, ring: createKeyRing(), clock: systemClock, logger: silentLogger });
    assert.deepEqual([store.known("a").holders, store.known("a").revision > 0], [[], true]);
    store.close();
  }),
);

memory.run();
kv.run();
