import assert from "node:assert/strict";
import { systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createKeyRing } from "@longarm/shared/seal";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { withBroker, type TestBroker } from "../../../../test/support/broker.ts";
import { anySubmission } from "../../../../test/support/run-stores.ts";
import { suite } from "../../../../test/support/suite.ts";
import { JetStreamStorageGauge, type EmbeddedStore } from "./jetstream-storage-gauge.ts";
import { GroupCommit } from "./runs/group-commit.ts";
import { JetStreamRunLog } from "./runs/jetstream-run-log.ts";
import { SealedMessages } from "./runs/sealed-message.ts";
import { createStreams } from "./streams.ts";

const test = suite("what is known of a broker's store");
const quotaBytes = 64 * 1024 * 1024;

async function opened(broker: TestBroker, over: { readonly embedded?: EmbeddedStore; readonly monitorUrls?: readonly string[] } = {}) {
  const { control } = await broker.connections();
  const [js, jsm] = [jetstream(control), await jetstreamManager(control, { timeout: 500 })];
  // What a gauge has no patience for may take its time to be made.
  await createStreams(await jetstreamManager(control), { replicas: 1 });
  const deps = { connection: control, js, jsm, messages: new SealedMessages(createKeyRing()), clock: systemClock, logger: silentLogger };
  const gauge = new JetStreamStorageGauge({ ...deps, monitorUrls: [], ...over });
  return { gauge, log: new JetStreamRunLog({ ...deps, commits: new GroupCommit({ connection: control }) }) };
}

function embeddedOf(broker: TestBroker): EmbeddedStore {
  return { directory: broker.directory, quotaBytes: () => broker.maxFileStoreBytes, restart: async () => undefined };
}

test("an embedded broker's quota, what of it is used, and what its disk has free", () =>
  withBroker(
    async (broker) => {
      const { gauge, log } = await opened(broker, { embedded: embeddedOf(broker) });
      const before = await gauge.measure();
      await log.submit(anySubmission({ input: { much: "x".repeat(100_000) } }));
      const after = await gauge.measure();
      assert.deepEqual([before.quotaBytes, (after.usedBytes ?? 0) - (before.usedBytes ?? 0) > 100_000], [quotaBytes, true]);
      assert.ok((after.freeDiskBytes ?? 0) > quotaBytes);
    },
    { maxFileStoreBytes: quotaBytes },
  ));

test("a broker that is not ours tells its quota by its monitor, or nothing", () =>
  withBroker(
    async (broker) => {
      const silent = await (await opened(broker)).gauge.measure();
      assert.deepEqual([silent.quotaBytes, silent.freeDiskBytes], [null, null]);
      const { gauge } = await opened(broker, { monitorUrls: [broker.monitorUrl ?? "", "http://127.0.0.1:1"] });
      const { usedBytes, quotaBytes: quota } = await gauge.measure();
      assert.deepEqual([typeof usedBytes, quota, gauge.restart], ["number", quotaBytes, null]);
    },
    { maxFileStoreBytes: quotaBytes, ports: { monitor: 0 } },
  ));

test("a trial of its writes disturbs nobody who follows the log, and fails when nothing is written", () =>
  withBroker(async (broker) => {
    const { gauge, log } = await opened(broker, { embedded: embeddedOf(broker) });
    assert.equal(await gauge.canWrite(), true);
    const submission = anySubmission();
    await log.submit(submission);
    for await (const events of log.follow(0, new AbortController().signal)) {
      assert.deepEqual(
        events.map((event) => event.kind),
        ["submitted"],
      );
      break;
    }
    await broker.stop();
    assert.equal(await gauge.canWrite(), false);
    const { usedBytes, freeDiskBytes } = await gauge.measure();
    assert.deepEqual([usedBytes, typeof freeDiskBytes], [null, "number"]);
  }));

test.run();
