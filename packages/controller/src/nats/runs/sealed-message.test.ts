import assert from "node:assert/strict";
import { createKeyRing } from "@longarm/shared/seal";
import { headers } from "@nats-io/transport-node";
import { suite } from "../../../../../test/support/suite.ts";
import { SealedMessages, type Envelope } from "./sealed-message.ts";

const test = suite("messages of the run log");
const rejected = { code: "sealed_record_rejected" };
const ring = createKeyRing();
const subject = "runs.log.run_1";
const envelope: Envelope = { epoch: 3, appendId: "append-1", kind: "claimed", timeMs: 5, previous: new Uint8Array([1, 2]) };

function sealed(payload = Buffer.from("payload"), messages = new SealedMessages(ring)) {
  const { headers: plain, payload: data, hash } = messages.seal(subject, { envelope, payload });
  const header = headers();
  for (const [name, value] of Object.entries(plain)) header.set(name, value);
  return { messages, message: { subject, data, header }, hash };
}

for (const [whose, opener] of [
  ["whoever sealed it", (own: SealedMessages) => own],
  ["another process", () => new SealedMessages(ring)],
] as const) {
  test(`are opened by ${whose} as they were sealed`, () => {
    const { messages, message, hash } = sealed();
    const opened = opener(messages).open({ ...message, data: Uint8Array.from(message.data) });
    assert.deepEqual([Buffer.from(opened.payload).toString(), Buffer.from(opened.hash)], ["payload", Buffer.from(hash)]);
    assert.deepEqual({ ...opened.envelope, previous: [...opened.envelope.previous] }, { ...envelope, previous: [1, 2] });
  });

  test(`are rejected by ${whose} on another subject`, () => {
    const { messages, message } = sealed();
    assert.throws(() => opener(messages).open({ ...message, subject: "runs.log.run_2" }), rejected);
  });

  test(`are rejected by ${whose} with a bit flipped`, () => {
    const { messages, message } = sealed();
    const data = Uint8Array.from(message.data, (byte, index) => (index === 20 ? byte ^ 1 : byte));
    assert.throws(() => opener(messages).open({ ...message, data }), rejected);
  });
}

test("are never acted on with other headers than they were sealed with", () => {
  const { messages, message } = sealed();
  const header = headers();
  for (const [name, [value = ""]] of message.header) header.set(name, name === "Longarm-Epoch" ? "9" : value);
  assert.equal(messages.open({ ...message, header }).envelope.epoch, 3);
  assert.throws(() => new SealedMessages(ring).open({ ...message, header }), rejected);
});

test("are opened when they are too large or too old to be remembered", () => {
  const large = sealed(Buffer.alloc(100_000));
  assert.equal(large.messages.open(large.message).payload.length, 100_000);
  const old = sealed();
  for (let n = 0; n < 8_200; n += 1) old.messages.seal(subject, { envelope, payload: new Uint8Array(1) });
  assert.equal(Buffer.from(old.messages.open(old.message).payload).toString(), "payload");
});

test.run();
