import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import type { JsMsg } from "@nats-io/jetstream";
import { suite } from "../../../../../test/support/suite.ts";
import { Acks } from "./acks.ts";

const test = suite("acknowledgements");

test("go together at the end of the turn, each once", async () => {
  const acked: number[] = [];
  const message = (n: number) => ({ ack: () => void acked.push(n) }) as unknown as JsMsg;
  const acks = new Acks();
  for (const round of [0, 10]) {
    for (const n of [1, 2, 3]) acks.ack(message(round + n));
    await Promise.resolve();
    assert.deepEqual(acked.length, round === 0 ? 0 : 3);
    await turn();
  }
  assert.deepEqual(acked, [1, 2, 3, 11, 12, 13]);
});

test("that can no longer be sent keep no other back, and harm nobody", async () => {
  const acked: number[] = [];
  const acks = new Acks();
  const closed = () => {
    throw new Error("closed connection");
  };
  for (const ack of [closed, () => void acked.push(1)]) acks.ack({ ack } as unknown as JsMsg);
  await turn();
  assert.deepEqual(acked, [1]);
});

test.run();
