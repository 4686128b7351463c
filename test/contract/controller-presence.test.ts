import assert from "node:assert/strict";
import { buckets, newId, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { KvControllerPresence } from "../../packages/controller/src/nats/runs/kv-controller-presence.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import type { ControllerPresence } from "../../packages/controller/src/ports/controller-presence.ts";
import { SignsOfLife } from "../simulator/world/signs-of-life.ts";
import { type TestBroker, withBroker } from "../support/broker.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("the controllers' signs of life");

const kinds: Readonly<Record<string, (body: (presence: ControllerPresence) => Promise<void>) => Promise<void>>> = {
  memory: (body) => {
    const signs = new SignsOfLife();
    return body({
      renew: async (id) => signs.renew(id, 0),
      list: async () => signs.list(),
      withdraw: async (id) => signs.withdraw(id),
    });
  },
  "key-value bucket": (body) =>
    withBroker(async (broker) => {
      await body(await bucketPresence(broker));
    }),
};

async function bucketPresence(broker: TestBroker, keptFor?: string): Promise<KvControllerPresence> {
  const { control } = await broker.connections();
  const jsm = await jetstreamManager(control);
  await createStreams(jsm, { replicas: 1 });
  const bucket = await new Kvm(control).open(buckets.controllers, { allow_direct: false });
  return new KvControllerPresence({ bucket, jsm, clock: systemClock, logger: silentLogger, ...(keptFor !== undefined && { keptFor }) });
}

for (const [kind, withPresence] of Object.entries(kinds)) {
  test(`${kind}: show a new revision with every renewal`, () =>
    withPresence(async (presence) => {
      const id = newId("controller");
      assert.deepEqual(await presence.list(), new Map());
      await presence.renew(id);
      const first = (await presence.list()).get(id);
      assert.deepEqual((await presence.list()).get(id), first);
      await presence.renew(id);
      const second = (await presence.list()).get(id);
      assert.ok(typeof first === "number" && typeof second === "number" && second > first);
    }));

  test(`${kind}: tell who took its sign of life back from who was never seen`, () =>
    withPresence(async (presence) => {
      const [stays, stops] = [newId("controller"), newId("controller")];
      for (const id of [stays, stops]) await presence.renew(id);
      await presence.withdraw(stops);
      const signs = await presence.list();
      assert.deepEqual([typeof signs.get(stays), signs.get(stops), signs.size], ["number", "withdrawn", 2]);
      await presence.renew(stops);
      assert.equal(typeof (await presence.list()).get(stops), "number");
    }));
}

test("key-value bucket: are listed without leaving anything behind at the broker", () =>
  withBroker(async (broker) => {
    const presence = await bucketPresence(broker);
    const { control } = await broker.connections("other");
    const jsm = await jetstreamManager(control);
    await presence.renew(newId("controller"));
    for (let round = 0; round < 20; round += 1) await presence.list();
    assert.equal((await jsm.streams.info(`KV_${buckets.controllers}`)).state.consumer_count, 0);
  }));

test("key-value bucket: leave nothing of those that are gone for good", () =>
  withBroker(async (broker) => {
    const presence = await bucketPresence(broker, "1s");
    const { control } = await broker.connections("other");
    const jsm = await jetstreamManager(control);
    const [dies, stops] = [newId("controller"), newId("controller")];
    for (const id of [dies, stops]) await presence.renew(id);
    await presence.withdraw(stops);
    await presence.list();
    const stored = async () => (await jsm.streams.info(`KV_${buckets.controllers}`)).state.messages;
    assert.equal(await stored(), 2);
    await until("both are gone", async () => (await stored()) === 0);
    // Whoever saw the sign before goes on counting its silence.
    assert.equal(typeof (await presence.list()).get(dies), "number");
    await presence.renew(dies);
    assert.equal(await stored(), 1);
  }));

test.run();
