import { wire, type longarm } from "./generated.ts";
import type { CallAddress, CallMessage, CarriedCheck, ControlMessage, ControlPart, StableFacts } from "./messages.ts";
import { present, readBytes, readCount, readIdOf, readMeasure, readMessage, readName, readOptionalText, readText } from "./reading.ts";
import { readWork, writeWork } from "./request-codec.ts";

/** A call as the bytes that an agent receives. */
export function encodeCall(call: CallMessage): Uint8Array {
  const { protocol, controllerId, channel, bodyBytes, notAfterMs, credit } = call;
  const message: longarm.v1.Call.$Properties = {
    protocol,
    controllerId,
    channel,
    bodyBytes,
    notAfterMs,
    credit,
    check: writeCheck(call.check),
    journalId: call.journalId ?? null,
    ...call.address,
    bodySha256: call.bodySha256 ?? null,
  };
  writeWork(message, call.work);
  return wire.Call.encode(message).finish();
}

/** Throws `invalid_wire_message` for anything that is no call. */
export function decodeCall(message: Uint8Array): CallMessage {
  return readMessage("call", message, (bytes) => {
    const call = wire.Call.decode(bytes);
    const work = readWork(call);
    const bodyBytes = readCount(call.bodyBytes, "body length");
    const journalId = readOptionalText(call.journalId, "journal id");
    if ((work.request.body?.length ?? 0) > bodyBytes) throw new TypeError("body is longer than its stated length");
    return {
      ...{ work, bodyBytes },
      protocol: readCount(call.protocol, "protocol", 1),
      controllerId: readIdOf("controller", call.controllerId),
      channel: readCount(call.channel, "channel"),
      notAfterMs: readMeasure(call.notAfterMs, "latest beginning"),
      credit: { bytes: readCount(call.credit?.bytes, "credit in bytes"), pages: readCount(call.credit?.pages, "credit in pages") },
      check: readCheck(call.check),
      ...(journalId !== null && { journalId }),
      address: readAddress(call),
      ...(call.bodySha256 && { bodySha256: readBytes(call.bodySha256, 32, "body hash") }),
    };
  });
}

function readAddress(call: longarm.v1.Call.$Shape): CallAddress {
  return {
    audience: readIdOf("agent", call.audience),
    bootId: readName(call.bootId, "boot id"),
    epoch: readCount(call.epoch, "epoch"),
    replyKey: readBytes(call.replyKey, 32, "reply key"),
  };
}

function writeCheck({ connection, target, condition }: CarriedCheck): longarm.v1.Check.$Properties {
  const check: longarm.v1.Check.$Properties = { connection, targetHost: target.host, targetAddresses: target.addresses as string[] };
  if (!condition) return check;
  check.selector = condition.selector;
  check.facts = writeFacts(condition.facts);
  return check;
}

function readCheck(value: longarm.v1.Check.$Properties | null | undefined): CarriedCheck {
  const check = present(value, "check");
  const selector = readOptionalText(check.selector, "selector");
  return {
    connection: readText(check.connection, "connection"),
    target: { host: readText(check.targetHost, "target host"), addresses: readTexts(check.targetAddresses, "target address") },
    ...(selector === null ? {} : { condition: { selector, facts: readFacts(check.facts) } }),
  };
}

export function writeFacts(facts: StableFacts): longarm.v1.StableFacts.$Properties {
  const { os, arch, version, hostname, addresses, credentials = [] } = facts;
  return { os, arch, version, hostname, addresses: addresses as string[], credentials: credentials as string[] };
}

export function readFacts(value: longarm.v1.StableFacts.$Properties | null | undefined): StableFacts {
  const facts = present(value, "facts");
  return {
    os: readText(facts.os, "os"),
    arch: readText(facts.arch, "arch"),
    version: readText(facts.version, "version"),
    hostname: readText(facts.hostname, "hostname"),
    addresses: readTexts(facts.addresses, "address"),
    credentials: readTexts(facts.credentials, "credential"),
  };
}

function readTexts(values: readonly string[] | null | undefined, member: string): readonly string[] {
  return (values ?? []).map((value) => readText(value, member));
}

/** A control message as the bytes that an agent receives. */
export function encodeControl(control: ControlMessage): Uint8Array {
  const { controllerId, channel, callId } = control;
  return wire.Control.encode({ controllerId, channel, callId, ...writeControlPart(control.part) }).finish();
}

function writeControlPart(part: ControlPart): longarm.v1.Control.$Properties {
  switch (part.kind) {
    case "credit":
      return { credit: part.credit };
    case "cancel":
      return { cancel: { code: part.code } };
    case "bodyChunk":
      return { bodyChunk: part.bytes };
  }
}

/** Throws `invalid_wire_message` for anything that is no control message. */
export function decodeControl(message: Uint8Array): ControlMessage {
  return readMessage("control", message, (bytes) => {
    const control = wire.Control.decode(bytes);
    return {
      controllerId: readIdOf("controller", control.controllerId),
      channel: readCount(control.channel, "channel"),
      callId: readIdOf("call", control.callId),
      part: readControlPart(control),
    };
  });
}

function readControlPart(control: longarm.v1.Control.$Shape): ControlPart {
  switch (control.part) {
    case "credit": {
      const { bytes, pages } = control.credit;
      return { kind: "credit", credit: { bytes: readCount(bytes, "credit in bytes"), pages: readCount(pages, "credit in pages") } };
    }
    case "cancel":
      return { kind: "cancel", code: readName(control.cancel.code, "cancel code") };
    case "bodyChunk":
      return { kind: "bodyChunk", bytes: control.bodyChunk };
    case undefined:
      throw new TypeError("it holds no part that this version knows");
  }
}
