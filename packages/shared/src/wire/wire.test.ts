import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../test/support/suite.ts";
import { isErrorCode, LongarmError } from "../errors.ts";
import { newId } from "../ids.ts";
import {
  decodeBeat,
  decodeDesired,
  decodeEnrol,
  decodeEnrolled,
  encodeBeat,
  encodeDesired,
  encodeEnrol,
  encodeEnrolled,
} from "./agent-codec.ts";
import { decodeCall, decodeControl, encodeCall, encodeControl } from "./call-codec.ts";
import { decodeFrame, encodeFrame } from "./frame-codec.ts";
import { wire } from "./generated.ts";
import {
  decodeAsk,
  decodeClockAsked,
  decodeClockTold,
  decodeDelivered,
  decodeTold,
  encodeAsk,
  encodeClockTold,
  encodeDelivered,
  encodeTold,
} from "./inquiry-codec.ts";
import { decodeJournalEntry, decodeJournalHeader, encodeJournalEntry, encodeJournalHeader } from "./journal-codec.ts";
import { maxMessageBytes } from "./limits.ts";
import { decodeInstallationKeys, encodeInstallationKeys } from "./trust-codec.ts";
import * as messages from "./wire.fixture.ts";

const test = suite("the wire between controller and agent");
const decoders = [
  ...[decodeCall, decodeControl, decodeFrame, decodeEnrol, decodeEnrolled, decodeBeat, decodeDesired],
  ...[decodeAsk, decodeTold, decodeDelivered, decodeClockAsked, decodeClockTold, decodeJournalEntry, decodeJournalHeader],
  decodeInstallationKeys,
];

/** Secrets compare as themselves, so their values are laid open here. */
function laidOpen(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, key, member) {
      const original = this[key] as { reveal?: () => unknown } | null | undefined;
      return typeof original?.reveal === "function" ? { revealed: original.reveal() } : (member as unknown);
    }),
  );
}

function survives<T>(arbitrary: fc.Arbitrary<T>, encode: (value: T) => Uint8Array, decode: (bytes: Uint8Array) => T): void {
  const property = fc.property(arbitrary, (value) => assert.deepEqual(laidOpen(decode(encode(value))), laidOpen(value)));
  fc.assert(property, { numRuns: 200 });
}

function refusal(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): LongarmError {
  try {
    decode(bytes);
  } catch (reason) {
    assert(reason instanceof LongarmError, String(reason));
    return reason;
  }
  return assert.fail("was read");
}

test("a call keeps every member on the way", () => survives(messages.calls, encodeCall, decodeCall));
test("a frame keeps every member on the way", () => survives(messages.frames, encodeFrame, decodeFrame));
test("a control keeps every member on the way", () => survives(messages.controls, encodeControl, decodeControl));
test("an asking keeps every member on the way", () => survives(messages.enrols, encodeEnrol, decodeEnrol));
test("an answer keeps every member on the way", () => survives(messages.answers, encodeEnrolled, decodeEnrolled));
test("an installation's keys keep every member on the way", () =>
  survives(messages.installations, encodeInstallationKeys, decodeInstallationKeys));
test("a beat keeps every member on the way", () => survives(messages.beats, encodeBeat, decodeBeat));
test("a desired state keeps every member on the way", () => survives(messages.desires, encodeDesired, decodeDesired));

test("a question about a call keeps every member on the way", () => survives(messages.asks, encodeAsk, decodeAsk));
test("what became of a call keeps every member on the way", () => survives(messages.answersTold, encodeTold, decodeTold));
test("what is stored keeps every member on the way", () => survives(messages.deliveries, encodeDelivered, decodeDelivered));
test("the time keeps every member on the way", () => survives(messages.clocksTold, encodeClockTold, decodeClockTold));
test("a record of a journal keeps every member", () => survives(messages.journalEntries, encodeJournalEntry, decodeJournalEntry));
test("the head of a journal's segment keeps every member", () =>
  survives(messages.journalHeaders, encodeJournalHeader, decodeJournalHeader));

test("random bytes are read or refused with invalid_wire_message, never anything else", () => {
  const property = fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...decoders), (bytes, decode) => {
    try {
      decode(bytes);
    } catch (reason) {
      assert.equal((reason as LongarmError).code, "invalid_wire_message");
    }
  });
  fc.assert(property, { numRuns: 2_000 });
});

test("a message that lost its tail or had a bit flipped never throws anything but invalid_wire_message", () => {
  const property = fc.property(messages.frames, fc.nat(), fc.nat(7), (frame, at, bit) => {
    const bytes = Buffer.from(encodeFrame(frame));
    bytes[at % bytes.length]! ^= 1 << bit;
    for (const damaged of [bytes, bytes.subarray(0, at % bytes.length)]) {
      try {
        decodeFrame(damaged);
      } catch (reason) {
        assert.equal((reason as LongarmError).code, "invalid_wire_message");
      }
    }
  });
  fc.assert(property, { numRuns: 500 });
});

test("a message over the broker's limit is refused before it is parsed", () => {
  assert.match(refusal(decodeFrame, new Uint8Array(maxMessageBytes + 1)).message, /more than 1000000/);
});

test("a frame of a later version, with a part unknown here, is refused by name", () => {
  const bytes = wire.Frame.encode({ channel: 1, callId: newId("call"), seq: 0 }).finish();
  assert.match(refusal(decodeFrame, bytes).message, /no part that this version knows/);
});

test("members added by a later version are skipped", () => {
  const frame = encodeFrame({ channel: 7, callId: newId("call"), seq: 0, part: { kind: "accepted" } });
  const fieldThousand = Buffer.from([0xc2, 0x3e, 0x02, 0x68, 0x69]);
  assert.equal(decodeFrame(Buffer.concat([frame, fieldThousand])).channel, 7);
});

test("a hash of a journal's record that is none is refused, and so is a journal without a hash", () => {
  const record = { method: "POST", path: "/", sentAt: 0, requestBytes: 0, responseBytes: 0, journalId: "j" };
  for (const journalHash of [undefined, "", "0".repeat(31), "g".repeat(32), `${"0".repeat(32)}\n`]) {
    const end = { record: { ...record, ...(journalHash !== undefined && { journalHash }) }, last: true };
    const bytes = wire.Frame.encode({ channel: 1, callId: newId("call"), seq: 0, end }).finish();
    assert.match(refusal(decodeFrame, bytes).message, /journal hash/);
  }
});

test("an error with a code outside the closed set is refused", () => {
  const error = { code: "no_such_code", message: "x", retryable: false };
  const bytes = wire.Frame.encode({ channel: 1, callId: newId("call"), refused: { error } }).finish();
  assert(!isErrorCode(error.code));
  assert.match(refusal(decodeFrame, bytes).message, /closed set/);
});

test("a call whose URL is no http URL is refused", () => {
  const [call] = fc.sample(messages.calls, 1);
  const bytes = encodeCall({ ...call!, work: { kind: "send", request: { ...call!.work.request, baseUrl: "file:///etc/passwd" } } });
  assert.match(refusal(decodeCall, bytes).message, /base URL/);
});

test("a header that stands twice is refused", () => {
  const headers = [
    { name: "a", value: "1" },
    { name: "a", value: "2" },
  ];
  const bytes = wire.Frame.encode({ channel: 1, callId: newId("call"), head: { status: 200, headers } }).finish();
  assert.match(refusal(decodeFrame, bytes).message, /named once/);
});

test.run();
