import { readEnd, readKey, writeEnd } from "./call-end-codec.ts";
import { wire, type longarm } from "./generated.ts";
import type { AskMessage, ClockAskedMessage, ClockToldMessage, DeliveredMessage, ToldAnswer, ToldMessage } from "./inquiry-messages.ts";
import { readIdOf, readMeasure, readMessage, readName } from "./reading.ts";

/** A question about a call as bytes. */
export function encodeAsk(ask: AskMessage): Uint8Array {
  const { controllerId, callId, attempt, nonce, notAfterMs } = ask;
  return wire.Ask.encode({ controllerId, callId, attempt, nonce, notAfterMs }).finish();
}

/** Throws `invalid_wire_message` for anything that is no question. */
export function decodeAsk(message: Uint8Array): AskMessage {
  return readMessage("question", message, (bytes) => {
    const ask = wire.Ask.decode(bytes);
    return {
      ...readKey(ask),
      controllerId: readIdOf("controller", ask.controllerId),
      nonce: readName(ask.nonce, "nonce"),
      notAfterMs: readMeasure(ask.notAfterMs, "latest beginning"),
    };
  });
}

/** An agent's answer as bytes. */
export function encodeTold(told: ToldMessage): Uint8Array {
  const { callId, attempt, nonce, journalId, answer } = told;
  return wire.Told.encode({ callId, attempt, nonce, journalId, ...writeAnswer(answer) }).finish();
}

function writeAnswer(answer: ToldAnswer): longarm.v1.Told.$Properties {
  switch (answer.kind) {
    case "ended":
      return { ended: writeEnd(answer.end) };
    case "underWay":
      return { underWay: {} };
    case "begun":
      return { begun: {} };
    case "neverSeen":
      return { neverSeen: {} };
    case "unreadable":
      return { unreadable: {} };
  }
}

/** Throws `invalid_wire_message` for anything that is no answer. */
export function decodeTold(message: Uint8Array): ToldMessage {
  return readMessage("answer", message, (bytes) => {
    const told = wire.Told.decode(bytes);
    return {
      ...readKey(told),
      nonce: readName(told.nonce, "nonce"),
      journalId: readName(told.journalId, "journal id"),
      answer: readAnswer(told),
    };
  });
}

function readAnswer(told: longarm.v1.Told.$Shape): ToldAnswer {
  switch (told.answer) {
    case "ended":
      return { kind: "ended", end: readEnd(told.ended) };
    case undefined:
      throw new TypeError("it holds no answer that this version knows");
    default:
      return { kind: told.answer };
  }
}

/** What is stored, as bytes. */
export function encodeDelivered({ controllerId, calls }: DeliveredMessage): Uint8Array {
  return wire.Delivered.encode({ controllerId, calls: calls.map(({ callId, attempt }) => ({ callId, attempt })) }).finish();
}

/** Throws `invalid_wire_message` for anything that is no such word. */
export function decodeDelivered(message: Uint8Array): DeliveredMessage {
  return readMessage("delivered", message, (bytes) => {
    const { controllerId, calls } = wire.Delivered.decode(bytes);
    return { controllerId: readIdOf("controller", controllerId), calls: calls.map(readKey) };
  });
}

/** The question for the time as bytes. */
export function encodeClockAsked({ nonce }: ClockAskedMessage): Uint8Array {
  return wire.ClockAsked.encode({ nonce }).finish();
}

/** Throws `invalid_wire_message` for anything that is no such question. */
export function decodeClockAsked(message: Uint8Array): ClockAskedMessage {
  return readMessage("clock question", message, (bytes) => ({ nonce: readName(wire.ClockAsked.decode(bytes).nonce, "nonce") }));
}

/** The time as bytes. */
export function encodeClockTold({ controllerId, nonce, nowMs }: ClockToldMessage): Uint8Array {
  return wire.ClockTold.encode({ controllerId, nonce, nowMs }).finish();
}

/** Throws `invalid_wire_message` for anything that tells no time. */
export function decodeClockTold(message: Uint8Array): ClockToldMessage {
  return readMessage("clock", message, (bytes) => {
    const { controllerId, nonce, nowMs } = wire.ClockTold.decode(bytes);
    return { controllerId: readIdOf("controller", controllerId), nonce: readName(nonce, "nonce"), nowMs: readMeasure(nowMs, "time") };
  });
}
