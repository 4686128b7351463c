import { wire, type longarm } from "./generated.ts";
import type { FrameMessage, FramePart, ResponseEnd, ResponseHead } from "./messages.ts";
import { present, readCount, readError, readIdOf, readMessage, readOptionalText, readWord, writeError } from "./reading.ts";
import { readCallRecord, readHeaders, writeHeaders, writeRecord } from "./request-codec.ts";

const deliveries = ["not_sent", "unknown"] as const;

/** Does no frame follow on this one's channel? */
export function closesCall(part: FramePart): boolean {
  if (part.kind === "end" || part.kind === "whole") return part.end.last;
  return part.kind === "failure" || part.kind === "refused";
}

/** A frame as the bytes that a controller receives. */
export function encodeFrame(frame: FrameMessage): Uint8Array {
  const { channel, callId, seq, part } = frame;
  return wire.Frame.encode({ channel, callId, seq, ...writePart(part) }).finish();
}

function writePart(part: FramePart): longarm.v1.Frame.$Properties {
  switch (part.kind) {
    case "accepted":
      return { accepted: {} };
    case "head":
      return { head: writeHead(part.head) };
    case "chunk":
      return { chunk: part.bytes };
    case "end":
      return { end: writeEnd(part.end) };
    case "whole":
      return { whole: { head: writeHead(part.head), body: part.body, end: writeEnd(part.end) } };
    case "failure":
      return { failure: writeFailure(part) };
    case "refused":
      return { refused: { error: writeError(part.error) } };
    case "bodyCredit":
      return { bodyCredit: part.bytes };
  }
}

export function writeHead(head: ResponseHead): longarm.v1.Head.$Properties {
  return { status: head.status, headers: writeHeaders(head.headers), grantedScopes: [...(head.grantedScopes ?? [])] };
}

type FailurePart = Pick<Extract<FramePart, { kind: "failure" }>, "delivery" | "error" | "record">;

export function writeFailure({ delivery, error, record }: FailurePart): longarm.v1.Failure.$Properties {
  return { delivery, error: writeError(error), record: writeRecord(record) };
}

export function readFailure({ delivery, error, record }: longarm.v1.Failure.$Properties): FailurePart {
  return { delivery: readWord(delivery, deliveries, "delivery"), error: readError(error), record: readCallRecord(record) };
}

function writeEnd(end: ResponseEnd): longarm.v1.End.$Properties {
  return { record: writeRecord(end.record), next: end.next, last: end.last };
}

/** Throws `invalid_wire_message` for anything that is no frame. */
export function decodeFrame(message: Uint8Array): FrameMessage {
  return readMessage("frame", message, (bytes) => {
    const frame = wire.Frame.decode(bytes);
    const { channel, seq } = frame;
    return {
      channel: readCount(channel, "channel"),
      callId: readIdOf("call", frame.callId),
      seq: readCount(seq, "sequence"),
      part: readPart(frame),
    };
  });
}

function readPart(frame: longarm.v1.Frame.$Shape): FramePart {
  switch (frame.part) {
    case "accepted":
      return { kind: "accepted" };
    case "head":
      return { kind: "head", head: readHead(frame.head) };
    case "chunk":
      return { kind: "chunk", bytes: frame.chunk };
    case "end":
      return { kind: "end", end: readEnd(frame.end) };
    case "whole":
      return { kind: "whole", head: readHead(frame.whole.head), body: frame.whole.body ?? new Uint8Array(), end: readEnd(frame.whole.end) };
    case "failure":
      return { kind: "failure", ...readFailure(frame.failure) };
    case "refused":
      return { kind: "refused", error: readError(frame.refused.error) };
    case "bodyCredit":
      return { kind: "bodyCredit", bytes: readCount(frame.bodyCredit, "body credit") };
    case undefined:
      throw new TypeError("it holds no part that this version knows");
  }
}

export function readHead(value: longarm.v1.Head.$Properties | null | undefined): ResponseHead {
  const head = present(value, "head");
  const scopes = head.grantedScopes ?? [];
  const read = { status: readCount(head.status, "status", 100), headers: readHeaders(head.headers) };
  return scopes.length === 0 ? read : { ...read, grantedScopes: scopes };
}

function readEnd(value: longarm.v1.End.$Properties | null | undefined): ResponseEnd {
  const end = present(value, "end");
  return { record: readCallRecord(end.record), next: readOptionalText(end.next, "next URL"), last: end.last ?? false };
}
