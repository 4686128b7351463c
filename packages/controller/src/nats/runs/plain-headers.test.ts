import assert from "node:assert/strict";
import { headers } from "@nats-io/transport-node";
import { suite } from "../../../../../test/support/suite.ts";
import { encodeHeaders } from "./plain-headers.ts";

const test = suite("headers of published messages");

function bytesOf(of: unknown): string {
  return Buffer.from((of as { encode(): Uint8Array }).encode()).toString();
}

test("are the bytes that the client itself would send", () => {
  const own = headers();
  own.set("Longarm-Epoch", "3");
  own.set("Nats-TTL", "1s");
  assert.equal(bytesOf(encodeHeaders({ "Longarm-Epoch": "3", "Nats-TTL": "1s" })), bytesOf(own));
});

test("hold no value that would end its line", () => {
  for (const value of ["1\r\nNats-Rollup: all", "1\n"]) assert.throws(() => encodeHeaders({ "Longarm-Kind": value }), { code: "internal" });
});

test.run();
