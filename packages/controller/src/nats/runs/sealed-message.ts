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

/** A message of RUNS that has been opened. */
export interface OpenedMessage {
  readonly envelope: Envelope;
  readonly payload: Uint8Array;
  readonly hash: Uint8Array;
}

// As much as many runs at once have on their way; what is larger or older is opened like anybody else's.
const mostRemembered = 8_192;
const mostRememberedBytes = 4_096;

/**
 * Seals and opens the messages of RUNS. What this process sealed itself a short while ago comes back to it from the lane, from
 * the followed log and from reads: by its hash it is known again, and need not be deciphered each time.
 */
export class SealedMessages {
  readonly #ring: KeyRing;
  readonly #own = new Map<string, OpenedMessage & { readonly subject: string }>();

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** Seals a payload for one subject. */
  seal(subject: string, content: { readonly envelope: Envelope; readonly payload: Uint8Array }): SealedMessage {
    const { envelope } = content;
    const payload = sealRecord(this.#ring, content.payload, associated(subject, envelope));
    const hash = hashRecord(payload);
    this.#remember({ subject, envelope, payload: content.payload, hash });
    return { payload, headers: headersOf(envelope), hash };
  }

  /** Opens a message. Throws `sealed_record_rejected` when it, its subject or anything beside it was changed. */
  open(message: { readonly subject: string; readonly data: Uint8Array; readonly header: MsgHdrs | undefined }): OpenedMessage {
    const hash = hashRecord(message.data);
    const own = this.#own.get(keyOf(hash));
    // The envelope of an own message is the one that it was sealed with, whatever the headers say by now.
    if (own?.subject === message.subject) return own;
    const envelope = readEnvelope(message.header, message.subject);
    const payload = openRecord(this.#ring, message.data, associated(message.subject, envelope));
    return { envelope, payload, hash };
  }

  #remember(own: OpenedMessage & { readonly subject: string }): void {
    if (own.payload.length > mostRememberedBytes) return;
    this.#own.set(keyOf(own.hash), own);
    const [oldest] = this.#own.keys();
    if (oldest !== undefined && this.#own.size > mostRemembered) this.#own.delete(oldest);
  }
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString("latin1");
}

function headersOf(envelope: Envelope): MsgHdrs {
  const head = headers();
  head.set(names.epoch, String(envelope.epoch));
  head.set(names.append, envelope.appendId);
  head.set(names.kind, envelope.kind);
  head.set(names.time, String(envelope.timeMs));
  if (envelope.previous.length > 0) head.set(names.previous, Buffer.from(envelope.previous).toString("base64url"));
  return head;
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
