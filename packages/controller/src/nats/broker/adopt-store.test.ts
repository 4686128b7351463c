import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { freshBrokerKeys, withBroker } from "../../../../../test/support/broker.ts";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { freePorts } from "../../../../../test/support/free-ports.ts";
import { withProcess } from "../../../../../test/support/processes.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { createStreams } from "../streams.ts";
import { adoptStore } from "./adopt-store.ts";
import { findBroker } from "./find.ts";

const test = suite("what a broker of before has stored");

/** Stores a record as a broker with passwords did. */
async function storeOfBefore(directory: string): Promise<void> {
  const [port = 0] = await freePorts(1);
  await mkdir(directory, { recursive: true });
  const file = join(directory, "before.conf");
  const streams = `jetstream { store_dir: ${JSON.stringify(join(directory, "store"))}, sync_interval: always }`;
  const accounts = "accounts { CONTROL { jetstream: enabled, users: [ { user: controller, password: secret } ] } }";
  await writeFile(file, `listen: "127.0.0.1:${port}"\n${streams}\n${accounts}\n`);
  const { path: command } = await findBroker({ environment: process.env });
  await withProcess({ command, args: ["-c", file], readyLine: /Server is ready/ }, async () => {
    const connection = await connect({ servers: `127.0.0.1:${port}`, user: "controller", pass: "secret" });
    await createStreams(await jetstreamManager(connection), { replicas: 1 });
    await jetstream(connection).publish("runs.log.x", "kept");
    await connection.close();
  });
}

test("is there under the account's key, and is moved once", async () => {
  await withTemporaryDirectory(async (directory) => {
    const keys = await freshBrokerKeys();
    await storeOfBefore(directory);
    adoptStore(directory, keys);
    adoptStore(directory, keys);
    assert.ok(!existsSync(join(directory, "store", "jetstream", "CONTROL")));
    await withBroker(
      async (broker) => {
        const jsm = await jetstreamManager((await broker.connections()).control);
        assert.equal((await jsm.streams.info("RUNS")).state.messages, 1);
        assert.equal((await jsm.streams.getMessage("RUNS", { last_by_subj: "runs.log.x" }))?.string(), "kept");
      },
      { directory, keys },
    );
  });
});

test.run();
