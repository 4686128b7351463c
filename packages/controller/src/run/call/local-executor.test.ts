import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { newId, systemClock } from "@longarm/shared";
import { createRestExecutor, type RestRequest } from "@longarm/shared/rest";
import { suite } from "../../../../../test/support/suite.ts";
import { localExecutor } from "./local-executor.ts";

const test = suite("calls from the controller itself");

function requestTo(baseUrl: string): RestRequest {
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1 };
  const what = { effect: "read", method: "GET", baseUrl, path: "/users", query: [], headers: {}, auth: { scheme: "none" } } as const;
  return { ...ids, ...what, timeoutMs: 5_000, maxResponseBytes: 1_000 };
}

/** How a call to `http://HOST:PORT` ends whose name leads to this machine, and how many connections it made. */
async function endOf(host: string, addresses?: readonly string[]): Promise<{ readonly end: string; readonly connections: number }> {
  let connections = 0;
  const target = createServer((_request, response) => response.end("{}")).on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const executor = createRestExecutor({
    clock: systemClock,
    lookup: (_host, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  try {
    const baseUrl = `http://${host}:${(target.address() as AddressInfo).port}`;
    const connection = { name: "acme", baseUrl, ...(addresses && { addresses }) };
    const answer = await localExecutor(executor, connection).send(requestTo(baseUrl), new AbortController().signal);
    if (answer.kind === "response") await Array.fromAsync(answer.body);
    return { end: answer.kind === "response" ? "response" : `${answer.delivery}: ${answer.error.message}`, connections };
  } finally {
    await executor.close();
    target.closeAllConnections();
    await new Promise((resolve) => target.close(resolve));
  }
}

test("go to no address inside that a public name has come to lead to, and say which connection would have to list it", async () => {
  const denied = await endOf("acme.example.com");
  assert.match(denied.end, /^not_sent: acme\.example\.com \(127\.0\.0\.1\) is no address that the connection "acme" allows/);
  assert.equal(denied.connections, 0);
});

test("go where the connection lists the address, or its base URL names it", async () => {
  for (const end of [
    await endOf("acme.example.com", ["127.0.0.0/8"]),
    await endOf("127.0.0.1"),
    await endOf("localhost"),
    await endOf("0x7f.1"),
  ])
    assert.deepEqual(end, { end: "response", connections: 1 });
});

test("reach nothing but what the connection lists, though its base URL names something else", async () => {
  assert.equal((await endOf("127.0.0.1", ["public"])).connections, 0);
});

test.run();
