import { LongarmError, streams, type LogEntry, type Submission } from "@longarm/shared";
import { hashRecord, openRecord, sealedNonce, sealRecord, type KeyRing } from "@longarm/shared/seal";
import type { JsMsg } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/transport-node";
import type { PlainHeaders } from "./plain-headers.ts";

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
  readonly headers: PlainHeaders;
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

/** What is sealed: the payload, and what it was encoded from. */
interface Content {
  readonly envelope: Envelope;
  readonly payload: Uint8Array;
  readonly meaning?: Meaning;
}

/** What a payload was encoded from, in the process that did so. */
export type Meaning =
  | { readonly kind: "submission"; readonly submission: Submission }
  | { readonly kind: "entries"; readonly entries: readonly LogEntry[] };

/** A message of RUNS as the broker gives it; its headers are read only where they are needed. */
export interface FoundMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly header: MsgHdrs | undefined;
}

/** A delivered message. */
export function foundIn(message: JsMsg): FoundMessage {
  return {
    subject: message.subject,
    data: message.data,
    get header() {
      return message.headers;
    },
  };
}

/** A message of RUNS that has been opened. */
export interface OpenedMessage extends Content {
  readonly hash: Uint8Array;
}

interface OwnMessage extends OpenedMessage {
  readonly subject: string;
  readonly sealed: Uint8Array;
}

// As much as many runs at once have on their way; what is larger or older is opened like anybody else's.
const mostRemembered = 8_192;
const mostRememberedBytes = 4_096;

/**
 * Seals and opens the messages of RUNS. What this process sealed itself a short while ago comes back to it from the lane, from
 * the followed log and from reads: where it is the same byte for byte it need not be hashed, deciphered and decoded each time.
 */
export class SealedMessages {
  readonly #ring: KeyRing;
  readonly #own = new Map<string, OwnMessage>();

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** Seals a payload for one subject. */
  seal(subject: string, content: Content): SealedMessage {
    const { envelope } = content;
    const payload = sealRecord(this.#ring, content.payload, associated(subject, envelope));
    const hash = hashRecord(payload);
    this.#remember({ ...content, subject, sealed: payload, hash });
    return { payload, headers: headersOf(envelope), hash };
  }

  /** Opens a message. Throws `sealed_record_rejected` when it, its subject or anything beside it was changed. */
  open(message: FoundMessage): OpenedMessage {
    const own = this.#own.get(nonceOf(message.data));
    // The envelope of an own message is the one that it was sealed with, whatever the headers say by now.
    if (own?.subject === message.subject && Buffer.compare(own.sealed, message.data) === 0) return own;
    const envelope = readEnvelope(message.header, message.subject);
    const payload = openRecord(this.#ring, message.data, associated(message.subject, envelope));
    return { envelope, payload, hash: hashRecord(message.data) };
  }

  #remember(own: OwnMessage): void {
    if (own.payload.length > mostRememberedBytes) return;
    this.#own.set(nonceOf(own.sealed), own);
    const [oldest] = this.#own.keys();
    if (oldest !== undefined && this.#own.size > mostRemembered) this.#own.delete(oldest);
  }
}

/** Of which kind a stored message says that it is; "" when it bears no headers. */
export function kindOf(head: MsgHdrs | undefined): string {
  return head?.get(names.kind) ?? "";
}

/** Each record's own; as text, for a key. */
function nonceOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).toString("latin1", sealedNonce.from, sealedNonce.to);
}

function headersOf({ epoch, appendId, kind, timeMs, previous }: Envelope): PlainHeaders {
  return {
    [names.epoch]: String(epoch),
    [names.append]: appendId,
    [names.kind]: kind,
    [names.time]: String(timeMs),
    ...(previous.length > 0 && { [names.previous]: Buffer.from(previous).toString("base64url") }),
  };
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
