import assert from "node:assert/strict";
import { buckets, streams } from "@longarm/shared";
import { jetstream, type JetStreamManager, jetstreamManager } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { withBroker } from "../../../../test/support/broker.ts";
import { suite } from "../../../../test/support/suite.ts";
import { createStreams } from "./streams.ts";

const test = suite("the streams");

async function withManager(body: (jsm: JetStreamManager, connection: NatsConnection) => Promise<void>): Promise<void> {
  await withBroker(async (broker) => {
    const { control } = await broker.connections();
    await body(await jetstreamManager(control), control);
  });
}

async function names(jsm: JetStreamManager): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { config } of jsm.streams.list()) found.push(config.name);
  return found.toSorted();
}

const wanted = [...Object.values(streams), ...Object.values(buckets).map((bucket) => `KV_${bucket}`)].toSorted();

test("are made with what the run log relies on", async () => {
  await withManager(async (jsm) => {
    await createStreams(jsm, { replicas: 1 });
    assert.deepEqual(await names(jsm), wanted);
    const { config } = await jsm.streams.info("RUNS");
    assert.deepEqual(config.subjects, ["runs.submit.*.*", "runs.log.*"]);
    const { allow_atomic, allow_direct, discard, storage, num_replicas, deny_delete } = config;
    assert.deepEqual(
      { allow_atomic, allow_direct, discard, storage, num_replicas, deny_delete },
      { allow_atomic: true, allow_direct: true, discard: "new", storage: "file", num_replicas: 1, deny_delete: false },
    );
  });
});

test("are left alone when they are as they should be", async () => {
  await withManager(async (jsm, connection) => {
    await createStreams(jsm, { replicas: 1 });
    await jetstream(connection).publish("runs.log.run_1", "kept");
    const before = await jsm.streams.info("RUNS");
    const update = (): never => assert.fail("nothing differs");
    const { info, add } = jsm.streams;
    const watched = { streams: { info: info.bind(jsm.streams), add: add.bind(jsm.streams), update } } as unknown as JetStreamManager;
    await createStreams(watched, { replicas: 1 });
    const after = await jsm.streams.info("RUNS");
    assert.deepEqual([after.created, after.state.messages, after.config], [before.created, 1, before.config]);
  });
});

test("are changed when they differ, and keep what they hold", async () => {
  await withManager(async (jsm, connection) => {
    await jsm.streams.add({ name: "RUNS", subjects: ["runs.log.*"], description: "made by hand", allow_direct: false });
    await jetstream(connection).publish("runs.log.run_1", "kept");
    await createStreams(jsm, { replicas: 1, maxBytes: { RUNS: 50_000_000 } });
    const { config, state } = await jsm.streams.info("RUNS");
    assert.deepEqual([config.subjects.length, config.allow_atomic, config.max_bytes, state.messages], [2, true, 50_000_000, 1]);
  });
});

test("may be made by several controllers at once", async () => {
  await withBroker(async (broker) => {
    const managers = await Promise.all(
      Array.from({ length: 4 }, async (_, index) => jetstreamManager((await broker.connections(`controller-${index}`)).control)),
    );
    await Promise.all(managers.map((jsm, index) => createStreams(jsm, { replicas: 1, maxBytes: { BLOBS: 1_000_000 * (index + 1) } })));
    const [first] = managers;
    assert.ok(first);
    assert.deepEqual(await names(first), wanted);
  });
});

test("include buckets that the key-value client can use", async () => {
  await withManager(async (jsm, connection) => {
    await createStreams(jsm, { replicas: 1 });
    const bucket = await new Kvm(connection).open(buckets.connections);
    const revision = await bucket.create("acme", "one");
    await bucket.update("acme", "two", revision);
    await assert.rejects(bucket.update("acme", "three", revision));
    assert.equal((await bucket.get("acme"))?.string(), "two");
    await bucket.delete("acme");
    assert.equal((await bucket.get("acme"))?.operation, "DEL");
  });
});

test("are refused when the broker drops a setting", async () => {
  await withManager(async (jsm) => {
    const forgetful = {
      streams: {
        info: jsm.streams.info.bind(jsm.streams),
        add: async (config: Parameters<typeof jsm.streams.add>[0]) => jsm.streams.add({ ...config, allow_atomic: false }),
        update: async (name: string, config: Parameters<typeof jsm.streams.update>[1]) =>
          jsm.streams.update(name, { ...config, allow_atomic: false }),
      },
    } as unknown as JetStreamManager;
    await assert.rejects(createStreams(forgetful, { replicas: 1 }), {
      code: "broker_too_old",
      message: /allow_atomic is .* instead of true/,
    });
  });
});

test("tell when the broker cannot keep as many copies", async () => {
  await withManager(async (jsm) => {
    await assert.rejects(createStreams(jsm, { replicas: 3 }), { code: "broker_unavailable", message: /replicas > 1 not supported/ });
  });
});

test.run();
