import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import { pacedReconnect } from "./reconnect-pace.ts";

const test = suite("the pace of attempts to reach a broker");

const [one, two] = [
  { hostname: "127.0.0.1", port: 1 },
  { hostname: "127.0.0.1", port: 2 },
];

test("tries at once, and then again after the pause and its jitter, by a clock that never goes back", () => {
  const at = { ms: 1_000 };
  const paced = pacedReconnect({ everyMs: 200, jitterMs: 100, clock: { monotonicMs: () => at.ms }, random: () => 0.5 });
  assert.deepEqual(paced.reconnectToServer([one], null), { server: one, delay: 0 });
  assert.deepEqual(paced.reconnectToServer([one], null), { server: one, delay: 250 });
  at.ms += 10_000;
  assert.deepEqual(paced.reconnectToServer([one], null), { server: one, delay: 0 });
});

test("keeps each server's own pace, so that the next one is tried at once", () => {
  const paced = pacedReconnect({ everyMs: 200, jitterMs: 0, clock: { monotonicMs: () => 0 }, random: () => 0 });
  const delays = [one, two, one, two].map((server) => paced.reconnectToServer([server], null)?.delay);
  assert.deepEqual(delays, [0, 0, 200, 200]);
});

test("leaves the choice to the client where there is none", () => {
  const paced = pacedReconnect({ everyMs: 1, jitterMs: 0, clock: { monotonicMs: () => 0 }, random: () => 0 });
  assert.equal(paced.reconnectToServer([], null), null);
});

test.run();
