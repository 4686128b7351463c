import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { suite } from "../../../../test/support/suite.ts";
import { watchConnections } from "./closing.ts";

const test = suite("closing the HTTP server");

test(
  "does not wait for a client that has never asked for anything",
  async () => {
    const server = createServer((_request, response) => response.end("ok"));
    const connections = watchConnections(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const silent = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await Promise.all([once(silent, "connect"), once(server, "connection")]);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    silent.resume();
    await Promise.all([connections.endWaiting(closed), once(silent, "close")]);
    assert.equal(server.listening, false);
  },
  { timeoutMs: 3_000 },
);

test("lets an answer that is on its way arrive whole", async () => {
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    asked.resolve();
    void go.promise.then(() => response.end("whole"));
  });
  const connections = watchConnections(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const answer = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers: { connection: "close" } });
  await asked.promise;
  const ended = connections.endWaiting(new Promise<void>((resolve) => server.close(() => resolve())));
  go.resolve();
  assert.equal(await (await answer).text(), "whole");
  await ended;
});

test.run();
