import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { withBroker } from "../../../../../test/support/broker.ts";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { AccountClaimsDesk } from "../identities/index.ts";
import { findBroker } from "./find.ts";
import { askServers, checkBroker } from "./requirements.ts";

const test = suite("what a broker must be");

/** A server that says it is this version, and answers pings, no more. */
async function withServerOfVersion(version: string, body: (connection: NatsConnection) => Promise<void>): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write(`INFO ${JSON.stringify({ server_id: "test", version, proto: 1, headers: true, max_payload: 1_048_576 })}\r\n`);
    socket.on("data", (bytes) => bytes.includes("PING") && socket.write("PONG\r\n"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const connection = await connect({ servers: `127.0.0.1:${(server.address() as AddressInfo).port}` });
  try {
    await body(connection);
  } finally {
    await connection.close();
    server.close();
  }
}

/** A broker whose operator has shared one question of the system account with CONTROL. */
async function withSharedServerState(body: (connection: NatsConnection) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const service = '"$SYS.REQ.SERVER.PING.JSZ"';
    const text = `listen: "127.0.0.1:-1"
      jetstream { store_dir: ${JSON.stringify(join(directory, "store"))} }
      system_account: SYS
      accounts {
        SYS { exports: [{ service: ${service}, accounts: [CONTROL], response_type: stream }] }
        CONTROL { jetstream: enabled, imports: [{ service: { account: SYS, subject: ${service} } }], users: [{ user: u, password: p }] }
      }`;
    await writeFile(join(directory, "foreign.conf"), text);
    const { path } = await findBroker({ environment: process.env });
    const server = spawn(path, ["-c", join(directory, "foreign.conf")], { stdio: ["ignore", "ignore", "pipe"] });
    try {
      const connection = await connect({ servers: await addressIn(server.stderr), user: "u", pass: "p" });
      try {
        await body(connection);
      } finally {
        await connection.close();
      }
    } finally {
      server.kill();
      await once(server, "exit");
    }
  });
}

async function addressIn(log: Readable): Promise<string> {
  for await (const line of createInterface(log)) {
    const address = /client connections on (\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("the server ended before it listened");
}

test("at least the floor version", async () => {
  await withServerOfVersion("2.12.6", async (connection) => {
    await assert.rejects(checkBroker(connection, { allowUnsafe: true }), {
      code: "broker_too_old",
      message: /is version 2\.12\.6; 2\.12\.7 or newer/,
    });
  });
  await withServerOfVersion("2.12.7", async (connection) => {
    assert.deepEqual(await checkBroker(connection, { allowUnsafe: false, fsync: "always" }), { version: "2.12.7", fsync: "always" });
  });
});

test("one that writes before it acknowledges, as its monitor tells", async () => {
  const ports = { monitor: 0 };
  await withBroker(
    async (broker) => {
      const { control } = await broker.connections();
      const report = await checkBroker(control, { allowUnsafe: false, monitorUrls: [broker.monitorUrl ?? ""] });
      assert.deepEqual(report, { version: broker.version, fsync: "always" });
    },
    { ports },
  );
  await withBroker(
    async (broker) => {
      const { control } = await broker.connections();
      const check = { monitorUrls: [broker.monitorUrl ?? ""] };
      await assert.rejects(checkBroker(control, { ...check, allowUnsafe: false }), { code: "broker_unsafe" });
      assert.equal((await checkBroker(control, { ...check, allowUnsafe: true })).fsync, "delayed");
    },
    { ports, fsync: false },
  );
});

test("one that is not known to be unsafe, where nobody can be asked", async () => {
  await withBroker(async (broker) => {
    const { control } = await broker.connections();
    assert.equal((await checkBroker(control, { allowUnsafe: false })).fsync, "unknown");
    assert.equal((await checkBroker(control, { allowUnsafe: false, monitorUrls: ["http://127.0.0.1:1"] })).fsync, "unknown");
  });
});

test("one that says itself how it writes, to whoever may use its system account", async () => {
  for (const [fsync, told] of [
    [true, "always"],
    [false, "delayed"],
  ] as const) {
    await withBroker(
      async (broker) => {
        const desk = new AccountClaimsDesk({ urls: [broker.url], keys: broker.keys, name: "test" });
        assert.equal(await desk.connected(askServers), told);
      },
      { fsync },
    );
  }
});

test("one that says itself that it writes late, where its operator lets us ask", async () => {
  await withSharedServerState(async (connection) => {
    await assert.rejects(checkBroker(connection, { allowUnsafe: false }), { code: "broker_unsafe" });
  });
});

test.run();
