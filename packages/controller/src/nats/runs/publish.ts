import { LongarmError, streams } from "@longarm/shared";
import { JetStreamApiError, type JetStreamClient } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/transport-node";

/** What stored one message came to. `uncertain`: no answer; it may be stored. */
export type Published =
  | { readonly kind: "stored"; readonly sequence: number }
  | { readonly kind: "conflict" }
  | { readonly kind: "uncertain"; readonly reason: unknown };

export interface Message {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly headers: MsgHdrs;
  /** The sequence that the subject's last message, or that of the pattern `over`, must have; 0: none may be there. */
  readonly expect?: { readonly sequence: number; readonly over?: string };
}

const wrongLastSequence = new Set([10071, 10164]);
const storageCodes = new Set([10023, 10047, 10077]);
/** How long a published message may go without an answer. */
export const defaultAckTimeoutMs = 5_000;

/** Publishes one message and waits until it is stored and fsynced. Throws `storage_full`, and `internal` for what the broker refuses outright. */
export async function publish(js: JetStreamClient, message: Message, ackTimeoutMs = defaultAckTimeoutMs): Promise<Published> {
  const { expect } = message;
  const expectation = expect && {
    lastSubjectSequence: expect.sequence,
    ...(expect.over !== undefined && { lastSubjectSequenceSubject: expect.over }),
  };
  try {
    const ack = await js.publish(message.subject, message.payload, {
      headers: message.headers,
      timeout: ackTimeoutMs,
      retries: 0,
      ...(expectation && { expect: expectation }),
    });
    return { kind: "stored", sequence: ack.seq };
  } catch (reason) {
    return refusalOf(reason, message.subject);
  }
}

function refusalOf(reason: unknown, subject: string): Published {
  if (!(reason instanceof JetStreamApiError)) return { kind: "uncertain", reason };
  if (wrongLastSequence.has(reason.code)) return { kind: "conflict" };
  if (storageCodes.has(reason.code)) throw new LongarmError("storage_full", undefined, { retryable: true, cause: reason });
  const stream = Object.values(streams).find((name) => subject.startsWith(name.toLowerCase())) ?? "its stream";
  throw new LongarmError("internal", `The broker refused to store a message in ${stream}: ${reason.message} (${reason.code}).`, {
    cause: reason,
  });
}
