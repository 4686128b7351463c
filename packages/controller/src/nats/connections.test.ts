import assert from "node:assert/strict";
import type { RunningBroker } from "./broker/index.ts";
import { type ConnectionChange, openConnections } from "./connections.ts";
import { freshBrokerKeys, withBroker } from "../../../../test/support/broker.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("the controller's connections");

test("lead to both accounts", async () => {
  await withBroker(async (broker) => {
    const { control, field } = await broker.connections();
    const account = (info: unknown): unknown => (info as { remote_account: string }).remote_account;
    assert.deepEqual([account(control.info), account(field.info)], [broker.keys.accounts.control.id, broker.keys.accounts.field.id]);
  });
});

test("come back when the broker does, and tell", async () => {
  await withBroker(async (broker) => {
    const changes: ConnectionChange[] = [];
    const bothBack = Promise.withResolvers<void>();
    const onStatus = (change: ConnectionChange): void => {
      changes.push(change);
      if (changes.filter(({ kind }) => kind === "reconnected").length === 2) bothBack.resolve();
    };
    const connections = await openConnections({ urls: [broker.url], name: "test", keys: broker.keys, onStatus });
    await broker.kill();
    await broker.restart();
    await bothBack.promise;
    await connections.control.flush();
    await connections.close();
    const kindsOf = (account: string): unknown => changes.filter((change) => change.account === account).map(({ kind }) => kind);
    for (const account of ["CONTROL", "FIELD"]) assert.deepEqual(kindsOf(account), ["disconnected", "reconnected", "closed"]);
  });
});

test("come back although the wall clock has gone back by an hour meanwhile", async () => {
  await withBroker(async (broker) => {
    const [wall, back] = [Date.now, Promise.withResolvers<void>()];
    const onStatus = ({ account, kind }: ConnectionChange): void => {
      if (account === "CONTROL" && kind === "reconnected") back.resolve();
    };
    try {
      Date.now = () => wall() + 3_600_000;
      const connections = await openConnections({ urls: [broker.url], name: "test", keys: broker.keys, onStatus });
      Date.now = wall;
      await broker.kill();
      await broker.restart();
      await back.promise;
      await connections.close();
    } finally {
      Date.now = wall;
    }
  });
});

test("fail at once where no broker listens and nobody waits", async () => {
  const opening = openConnections({ urls: ["nats://127.0.0.1:1"], name: "test", keys: await freshBrokerKeys() });
  await assert.rejects(opening, { code: "broker_unavailable", retryable: true, message: /127\.0\.0\.1:1 cannot be reached/ });
});

test("are tried until the caller gives up", async () => {
  const waiting = openConnections({
    urls: ["nats://127.0.0.1:1"],
    name: "test",
    keys: await freshBrokerKeys(),
    signal: AbortSignal.timeout(400),
  });
  await assert.rejects(waiting, { code: "broker_unavailable" });
});

test("are made as soon as the broker is there, when the caller waits", async () => {
  await withBroker(async (broker) => {
    await broker.stop();
    const opening = openConnections({ urls: [broker.url], name: "test", keys: broker.keys, signal: AbortSignal.timeout(8_000) });
    const again: RunningBroker = await broker.restart();
    const connections = await opening;
    assert.equal(connections.control.getServer(), new URL(again.url).host);
    await connections.close();
    await connections.close();
  });
});

test("are refused with another installation's keys, however long the caller would wait", async () => {
  await withBroker(async (broker) => {
    const opening = openConnections({
      urls: [broker.url],
      name: "test",
      keys: await freshBrokerKeys(),
      signal: new AbortController().signal,
    });
    await assert.rejects(opening, { code: "unauthorized" });
  });
});

test("close without a broker", async () => {
  await withBroker(async (broker) => {
    const connections = await openConnections({ urls: [broker.url], name: "test", keys: broker.keys });
    await broker.kill();
    await connections.close();
    assert.ok(connections.control.isClosed() && connections.field.isClosed());
  });
});

test.run();
