import { randomUUID } from "node:crypto";
import type { MsgHdrs, NatsConnection } from "@nats-io/transport-node";
import { encodeHeaders } from "./plain-headers.ts";
import { expectationOf, type Message } from "./publish.ts";

/** What an atomic batch came to: all of it is stored, or none. `refused`: none, and for which message's sake is not told. */
export type PublishedBatch =
  | { readonly kind: "stored"; readonly sequences: readonly number[] }
  | { readonly kind: "refused" }
  | { readonly kind: "uncertain"; readonly reason: unknown };

// By hand, after ADR-50 of NATS: the client's own batches drop every expectation, and wait for an answer to their first message.
const names = { id: "Nats-Batch-Id", sequence: "Nats-Batch-Sequence", commit: "Nats-Batch-Commit" } as const;

interface BatchAck {
  readonly error?: unknown;
  readonly seq?: number;
  readonly count?: number;
}

/** Publishes messages of one stream as one atomic batch, each with its own expectation. No subject may stand in it twice. */
export async function publishBatch(
  connection: NatsConnection,
  messages: readonly Message[],
  ackTimeoutMs: number,
): Promise<PublishedBatch> {
  const id = randomUUID();
  const [others, last] = [messages.slice(0, -1), messages.at(-1)];
  if (!last) return { kind: "stored", sequences: [] };
  try {
    for (const [index, message] of others.entries()) {
      connection.publish(message.subject, message.payload, { headers: headersOf(message, { id, sequence: index + 1 }) });
    }
    const headers = headersOf(last, { id, sequence: messages.length, isLast: true });
    const answer = await connection.request(last.subject, last.payload, { headers, timeout: ackTimeoutMs });
    return outcomeOf(answer.json<BatchAck>(), messages.length);
  } catch (reason) {
    return { kind: "uncertain", reason };
  }
}

function headersOf(message: Message, at: { readonly id: string; readonly sequence: number; readonly isLast?: boolean }): MsgHdrs {
  return encodeHeaders({
    ...message.headers,
    ...expectationOf(message),
    [names.id]: at.id,
    [names.sequence]: String(at.sequence),
    ...(at.isLast === true && { [names.commit]: "1" }),
  });
}

function outcomeOf({ error, seq, count }: BatchAck, published: number): PublishedBatch {
  if (error !== undefined) return { kind: "refused" };
  if (seq === undefined || count !== published) {
    return { kind: "uncertain", reason: new Error(`The broker acknowledged ${count} of ${published} messages.`) };
  }
  return { kind: "stored", sequences: Array.from({ length: published }, (_, index) => seq - published + 1 + index) };
}
