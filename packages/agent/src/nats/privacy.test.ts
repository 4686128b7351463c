import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { isPrivateUrl } from "./privacy.ts";

const test = suite("whether messages to a broker are private");

test("they are over TLS, and to this machine", () => {
  for (const url of [
    "tls://broker.example:4222",
    "wss://broker.example/nats",
    "nats://127.0.0.1:4222",
    "ws://localhost:80",
    "nats://[::1]:4222",
  ]) {
    assert(isPrivateUrl(url), url);
  }
});

test("they are not over an open network, whatever the host calls itself", () => {
  for (const url of [
    "nats://broker.example:4222",
    "ws://10.0.0.7:80",
    "nats://127.0.0.1.example.com:4222",
    "nats://localhost.example:4222",
    "nats://[::2]",
  ]) {
    assert(!isPrivateUrl(url), url);
  }
});

test.run();
