import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { suite } from "../../../../test/support/suite.ts";
import { withSandbox } from "../../../../test/support/sandbox.ts";
import { serveOwn } from "./control.ts";

const test = suite("the sandbox's own routes");

/** The status that somebody gets from this address. */
function statusFor(remoteAddress: string, url: string): Promise<number> {
  return new Promise((resolve) => {
    const request = Object.assign(Readable.from([]), { url, method: "GET", headers: {}, socket: { remoteAddress } });
    const response = Object.assign(new PassThrough(), { writeHead: resolve });
    const ping = { method: "GET", template: "/sandbox/health", handle: () => ({ status: 200, body: {} }) } as const;
    serveOwn([ping], request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}

for (const [address, status] of [
  ["127.0.0.1", 200],
  ["127.8.9.1", 200],
  ["::1", 200],
  ["::ffff:127.0.0.1", 200],
  ["10.0.0.7", 403],
  ["::ffff:10.0.0.7", 403],
  ["fe80::1", 403],
] as const) {
  test(`are ${status === 200 ? "open" : "closed"} to ${address}`, async () => {
    const both = ["/sandbox/health", "/sandbox/bytes?size=1"].map((url) => statusFor(address, url));
    assert.deepEqual(await Promise.all(both), [status, status]);
  });
}

test("know the ways that they offer, and say which there are", () =>
  withSandbox({}, async (org) => {
    const { status, body } = await org.call("GET", "/sandbox/nothing");
    assert.equal(status, 404);
    assert.ok((body as { routes: string[] }).routes.includes("GET /sandbox/ledger"));
  }));

test.run();
