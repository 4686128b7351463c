import { LongarmError, streams } from "@longarm/shared";
import { hashRecord, openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import { headers, type MsgHdrs } from "@nats-io/transport-node";

/** What stands beside a sealed payload in the clear: ids, kind and time, all bound to it as associated data. */
export interface Envelope {
  readonly epoch: number;
  readonly appendId: string;
  readonly kind: string;
  readonly timeMs: number;
  /** Hash of the run's previous stored payload; empty for a submission. */
  readonly previous: Uint8Array;
}

/** A message of RUNS as it is sent, and the hash that the next one will name. */
export interface SealedMessage {
  readonly payload: Uint8Array;
  readonly headers: MsgHdrs;
  readonly hash: Uint8Array;
}

/** The kind of what is left of a removed run. */
export const endedKind = "ended";

const names = {
  epoch: "Longarm-Epoch",
  append: "Longarm-Append",
  kind: "Longarm-Kind",
  time: "Longarm-Time",
  previous: "Longarm-Previous",
} as const;

/** Seals a payload for one subject of RUNS. */
export function sealMessage(
  ring: KeyRing,
  subject: string,
  content: { readonly envelope: Envelope; readonly payload: Uint8Array },
): SealedMessage {
  const { envelope } = content;
  const payload = sealRecord(ring, content.payload, associated(subject, envelope));
  const head = headers();
  head.set(names.epoch, String(envelope.epoch));
  head.set(names.append, envelope.appendId);
  head.set(names.kind, envelope.kind);
  head.set(names.time, String(envelope.timeMs));
  if (envelope.previous.length > 0) head.set(names.previous, Buffer.from(envelope.previous).toString("base64url"));
  return { payload, headers: head, hash: hashRecord(payload) };
}

/** Opens a message of RUNS. Throws `sealed_record_rejected` when it, its subject or anything beside it was changed. */
export function openMessage(
  ring: KeyRing,
  message: { readonly subject: string; readonly data: Uint8Array; readonly header: MsgHdrs | undefined },
) {
  const envelope = readEnvelope(message.header, message.subject);
  const payload = openRecord(ring, message.data, associated(message.subject, envelope));
  return { envelope, payload, hash: hashRecord(message.data) };
}

function associated(subject: string, envelope: Envelope) {
  return [streams.runs, subject, envelope.epoch, envelope.appendId, envelope.kind, envelope.timeMs, envelope.previous] as const;
}

function readEnvelope(head: MsgHdrs | undefined, subject: string): Envelope {
  if (!head) throw new LongarmError("sealed_record_rejected", `The stored message on ${subject} bears no headers.`);
  return {
    epoch: Number(head.get(names.epoch)),
    appendId: head.get(names.append),
    kind: head.get(names.kind),
    timeMs: Number(head.get(names.time)),
    previous: Buffer.from(head.get(names.previous), "base64url"),
  };
}
