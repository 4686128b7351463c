import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { connect as dial, createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { freshBrokerKeys, withBroker } from "../../../../../test/support/broker.ts";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { writeBrokerKeys } from "../identities/index.ts";
import { createStreams } from "../streams.ts";
import { endSentence } from "./faults.ts";
import { findBroker } from "./find.ts";
import { assertRoom, fileStoreQuota } from "./quota.ts";
import { startBroker } from "./start.ts";

const test = suite("the embedded broker");

async function dialled(port: number): Promise<Socket> {
  const socket = dial(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "data");
  return socket;
}

async function binary(): Promise<string> {
  return (await findBroker({ environment: process.env })).path;
}

test("keeps its streams and its port over a restart", async () => {
  await withBroker(async (broker) => {
    const before = await broker.connections();
    await createStreams(await jetstreamManager(before.control), { replicas: 1 });
    await jetstream(before.control).publish("items.run_1", "kept");
    await before.close();
    await broker.stop();

    const again = await broker.restart();
    assert.equal(again.url, broker.url);
    const { control } = await again.connections();
    const stored = await (await jetstreamManager(control)).streams.getMessage("ITEMS", { last_by_subj: "items.run_1" });
    assert.equal(stored?.string(), "kept");
  });
});

test("keeps what it acknowledged when it is killed", async () => {
  await withBroker(async (broker) => {
    const before = await broker.connections();
    await createStreams(await jetstreamManager(before.control), { replicas: 1 });
    await jetstream(before.control).publish("items.run_1", "kept");
    await before.close();
    await broker.kill();

    const { control } = await (await broker.restart()).connections();
    const stored = await (await jetstreamManager(control)).streams.getMessage("ITEMS", { last_by_subj: "items.run_1" });
    assert.equal(stored?.string(), "kept");
  });
});

test("refuses what would fill its quota, and takes more again once there is room", async () => {
  await withBroker(
    async (broker) => {
      const { control } = await broker.connections();
      const jsm = await jetstreamManager(control);
      await createStreams(jsm, { replicas: 1 });
      const page = new Uint8Array(256 * 1024);
      const fill = async (): Promise<void> => {
        await jetstream(control).publish("items.run_1", page);
        await fill();
      };
      await assert.rejects(fill(), { code: 10023 });
      await jsm.streams.purge("ITEMS");
      await jetstream(control).publish("items.run_1", page);
    },
    { maxFileStoreBytes: 2 * 1024 * 1024 },
  );
});

test("may use what the disk has free but for the reserve, and what it holds already", async () => {
  await withTemporaryDirectory(async (directory) => {
    const store = join(directory, "store");
    const empty = await fileStoreQuota(store);
    await mkdir(join(store, "stream"), { recursive: true });
    await writeFile(join(store, "stream", "1.blk"), "");
    await truncate(join(store, "stream", "1.blk"), 2 ** 40);
    // The file is sparse, so that the free space stays as it is, but for what others on this machine write meanwhile.
    assert.ok(Math.abs((await fileStoreQuota(store)) - empty - 2 ** 40) < 2 ** 30);
  });
});

test("says how it ended", async () => {
  await withBroker(async (broker) => {
    await broker.stop();
    assert.deepEqual(await broker.exited, { code: 0 });
    await broker.stop();
  });
});

test("ends when the process that started it is killed", async () => {
  await withTemporaryDirectory(async (directory) => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", childScript], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const keys = await freshBrokerKeys();
    const keysFile = join(directory, "keys.json");
    await writeFile(keysFile, writeBrokerKeys(keys), { mode: 0o600 });
    child.stdin.end(JSON.stringify({ options: { binary: await binary(), directory }, keysFile }));
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const socket = await dialled(Number(line));

    child.kill("SIGKILL");
    await once(socket, "close");

    // The next start waits for what is left of the first.
    const next = await startBroker({ binary: await binary(), directory, keys });
    await next.stop();
  });
});

const childScript = `
import { text } from "node:stream/consumers";
import { loadBrokerKeys } from ${JSON.stringify(import.meta.resolve("../identities/index.ts"))};
import { startBroker } from ${JSON.stringify(import.meta.resolve("./start.ts"))};
const { options, keysFile } = JSON.parse(await text(process.stdin));
const broker = await startBroker({ ...options, keys: loadBrokerKeys(keysFile) });
process.stdout.write(broker.ports.client + "\\n");
`;

test("names the port that somebody else has", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  try {
    const start = withBroker(async () => assert.fail("it started"), { ports: { client: port } });
    await assert.rejects(start, { code: "port_in_use", message: new RegExp(`^Port ${port} is taken`), details: { port } });
  } finally {
    other.close();
  }
});

test("is not started twice on one directory", async () => {
  await withBroker(async ({ directory, keys, pid }) => {
    const second = startBroker({ binary: await binary(), directory, keys, leftOverWaitMs: 0 });
    await assert.rejects(second, { code: "data_directory_in_use", message: new RegExp(`process ${pid}`) });
  });
});

test("tells why it died at its start", async () => {
  const tls = { certFile: "/nonexistent/cert.pem", keyFile: "/nonexistent/key.pem" };
  const start = withBroker(async () => assert.fail("it started"), { tls });
  await assert.rejects(start, { code: "broker_unavailable", message: /ended at its start with code 1: .*\/nonexistent\/cert\.pem/ });
});

test("tells a full disk apart, before and during its start", async () => {
  await withTemporaryDirectory(async (directory) => {
    const full = { code: "storage_full", message: /^The disk that holds .*(needs \d+ MiB to start|is full)\b.*[Ff]ree some space/ };
    await assert.rejects(assertRoom(directory, 2 ** 60), full);
    const unlucky = join(directory, "nats-server");
    const script = '[ "$1" = --version ] && echo "nats-server: v2.99.0" || { echo "nats-server: no space left on device"; exit 1; }';
    await writeFile(unlucky, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await assert.rejects(startBroker({ binary: unlucky, directory, keys: await freshBrokerKeys() }), full);
  });
});

test("has its end told with what ended it and the last lines of its log", async () => {
  await withBroker(async (broker) => {
    await broker.stop();
    const sentence = await endSentence(broker.directory, { code: 137 });
    assert.match(
      sentence,
      /^The embedded broker \(nats-server\) has ended \(SIGKILL\)\. What was accepted is kept: start the controller again\./,
    );
    assert.match(sentence, /nats-server\.log:\n {2}[^]*\n {2}\[INF\] Server Exiting/);
    assert.match(await endSentence(broker.directory, { code: 3 }), /has ended \(exit code 3\)/);
  });
});

test("is refused below the floor version", async () => {
  await withTemporaryDirectory(async (directory) => {
    const old = join(directory, "nats-server");
    await writeFile(old, '#!/bin/sh\necho "nats-server: v2.12.6"\n', { mode: 0o755 });
    await assert.rejects(startBroker({ binary: old, directory, keys: await freshBrokerKeys() }), { code: "broker_too_old" });
  });
});

test("is told no private key, and hides what it is told from other users", async () => {
  await withBroker(async ({ directory, keys }) => {
    const file = join(directory, "nats-server.conf");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const told = await Promise.all(
      ["nats-server.conf", "nats-server.log", "nats-server.out"].map((name) => readFile(join(directory, name), "utf8")),
    );
    const secrets = [keys.operator.signing, ...Object.values(keys.accounts).map(({ signing }) => signing)];
    for (const secret of secrets) assert.ok(!told.join("").includes(secret.reveal()));
  });
});

test("opens a websocket and a monitor when it is asked to, on ports of its own", async () => {
  await withBroker(
    async ({ ports, websocketUrl, monitorUrl }) => {
      assert.equal(websocketUrl, `ws://127.0.0.1:${ports.websocket}`);
      const { config } = (await (await fetch(`${monitorUrl}/jsz?config=true`)).json()) as { config: { sync_always: boolean } };
      assert.equal(config.sync_always, true);
    },
    { ports: { monitor: 0, websocket: 0 } },
  );
});

test.run();
