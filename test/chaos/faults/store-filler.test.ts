import assert from "node:assert/strict";
import { createStreams } from "../../../packages/controller/src/nats/streams.ts";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { withBroker } from "../../support/broker.ts";
import { suite } from "../../support/suite.ts";
import { StoreFiller } from "./store-filler.ts";

const test = suite("a store that is filled on purpose");

test(
  "takes nothing more once it is full, and takes everything again once it is emptied",
  async () => {
    await withBroker(
      async (broker) => {
        const { control } = await broker.connections();
        await createStreams(await jetstreamManager(control), { replicas: 1 });
        const store = (): Promise<unknown> => jetstream(control).publish("runs.log.x", "a record");
        const access = { urls: [broker.url], replicas: 1, keys: broker.keys };
        const filler = new StoreFiller(access);
        await filler.fill();
        await assert.rejects(store(), /insufficient|maximum/);
        await filler.empty();
        await store();
      },
      { maxFileStoreBytes: 80 * 1024 * 1024 },
    );
  },
  { timeoutMs: 40_000 },
);

test.run();
