import { readFailure, readHead, writeFailure, writeHead } from "./frame-codec.ts";
import type { longarm } from "./generated.ts";
import type { CallEnd, CallKey, KeptBody } from "./inquiry-messages.ts";
import { present, readCount, readIdOf } from "./reading.ts";
import { readCallRecord, writeRecord } from "./request-codec.ts";

export function readKey({ callId, attempt }: longarm.v1.CallKey.$Properties): CallKey {
  return { callId: readIdOf("call", callId), attempt: readCount(attempt, "attempt", 1) };
}

export function writeEnd(end: CallEnd): longarm.v1.CallEnd.$Properties {
  if (end.kind === "failure") return { failure: writeFailure(end) };
  return { response: { head: writeHead(end.head), record: writeRecord(end.record), ...writeBody(end.body) } };
}

function writeBody(body: KeptBody): longarm.v1.EndedResponse.$Properties {
  return body.kind === "whole" ? { whole: body.bytes } : { dropped: { length: body.length, sha256: body.sha256 } };
}

export function readEnd(value: longarm.v1.CallEnd.$Shape | null | undefined): CallEnd {
  const end = present(value, "end of a call");
  if (end.failure) return { kind: "failure", ...readFailure(end.failure) };
  const { head, record, whole, dropped } = present(end.response, "response");
  return { kind: "response", head: readHead(head), body: readBody(whole, dropped), record: readCallRecord(record) };
}

function readBody(whole: Uint8Array | null | undefined, dropped: longarm.v1.DroppedBody.$Properties | null | undefined): KeptBody {
  if (dropped) return { kind: "dropped", length: readCount(dropped.length, "length"), sha256: dropped.sha256 ?? new Uint8Array() };
  return { kind: "whole", bytes: whole ?? new Uint8Array() };
}
