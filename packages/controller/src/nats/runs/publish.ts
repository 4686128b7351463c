import { LongarmError, streams } from "@longarm/shared";
import type { NatsConnection } from "@nats-io/transport-node";
import { encodeHeaders, type PlainHeaders } from "./plain-headers.ts";

/** What stored one message came to. `uncertain`: no answer; it may be stored. */
export type Published =
  | { readonly kind: "stored"; readonly sequence: number }
  | { readonly kind: "conflict" }
  | { readonly kind: "uncertain"; readonly reason: unknown };

export interface Message {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly headers: PlainHeaders;
  /** The sequence that the subject's last message, or that of the pattern `over`, must have; 0: none may be there. */
  readonly expect?: { readonly sequence: number; readonly over?: string };
}

/** What the broker says of a published message: where it is stored, or why not. */
interface PublishAck {
  readonly error?: { readonly err_code?: number; readonly code?: number; readonly description?: string };
  readonly seq?: number;
}

const wrongLastSequence = new Set([10071, 10164]);
const storageCodes = new Set([10023, 10047, 10077]);
/** How long a published message may go without an answer. */
export const defaultAckTimeoutMs = 5_000;

/** Publishes one message and waits until it is stored and fsynced. Throws `storage_full`, and `internal` for what the broker refuses outright. */
export async function publish(connection: NatsConnection, message: Message, ackTimeoutMs = defaultAckTimeoutMs): Promise<Published> {
  let ack: PublishAck;
  try {
    const headers = encodeHeaders({ ...message.headers, ...expectationOf(message) });
    const answer = await connection.request(message.subject, message.payload, { headers, timeout: ackTimeoutMs });
    ack = answer.json<PublishAck>();
  } catch (reason) {
    return { kind: "uncertain", reason };
  }
  if (ack.error) return refusalOf(ack.error, message.subject);
  if (ack.seq !== undefined) return { kind: "stored", sequence: ack.seq };
  return { kind: "uncertain", reason: new Error("What came for an acknowledgement is none.") };
}

/** The headers that say what a message expects. */
export function expectationOf({ expect }: Message): PlainHeaders {
  return {
    ...(expect && { "Nats-Expected-Last-Subject-Sequence": String(expect.sequence) }),
    ...(expect?.over !== undefined && { "Nats-Expected-Last-Subject-Sequence-Subject": expect.over }),
  };
}

function refusalOf({ err_code = 0, description = "" }: NonNullable<PublishAck["error"]>, subject: string): Published {
  if (wrongLastSequence.has(err_code)) return { kind: "conflict" };
  const cause = new Error(`${description} (${err_code})`);
  if (storageCodes.has(err_code)) throw new LongarmError("storage_full", undefined, { retryable: true, cause });
  const stream = Object.values(streams).find((name) => subject.startsWith(name.toLowerCase())) ?? "its stream";
  throw new LongarmError("internal", `The broker refused to store a message in ${stream}: ${cause.message}.`, { cause });
}
