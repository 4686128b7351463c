import { randomUUID } from "node:crypto";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Message } from "./publish.ts";

/** What an atomic batch came to: all of it is stored, or none. `refused`: none, and for which message's sake is not told. */
export type PublishedBatch =
  | { readonly kind: "stored"; readonly sequences: readonly number[] }
  | { readonly kind: "refused" }
  | { readonly kind: "uncertain"; readonly reason: unknown };

// By hand, after ADR-50 of NATS: the client's own batches drop every expectation, and wait for an answer to their first message.
const names = {
  id: "Nats-Batch-Id",
  sequence: "Nats-Batch-Sequence",
  commit: "Nats-Batch-Commit",
  expected: "Nats-Expected-Last-Subject-Sequence",
  expectedOver: "Nats-Expected-Last-Subject-Sequence-Subject",
} as const;

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
      mark(message, { id, sequence: index + 1 });
      connection.publish(message.subject, message.payload, { headers: message.headers });
    }
    mark(last, { id, sequence: messages.length });
    last.headers.set(names.commit, "1");
    const answer = await connection.request(last.subject, last.payload, { headers: last.headers, timeout: ackTimeoutMs });
    return outcomeOf(answer.json<BatchAck>(), messages.length);
  } catch (reason) {
    return { kind: "uncertain", reason };
  } finally {
    // Whoever publishes them again may do so without a batch.
    for (const { headers } of messages) for (const name of [names.id, names.sequence, names.commit]) headers.delete(name);
  }
}

function mark({ headers, expect }: Message, batch: { readonly id: string; readonly sequence: number }): void {
  headers.set(names.id, batch.id);
  headers.set(names.sequence, String(batch.sequence));
  if (expect) headers.set(names.expected, String(expect.sequence));
  if (expect?.over !== undefined) headers.set(names.expectedOver, expect.over);
}

function outcomeOf({ error, seq, count }: BatchAck, published: number): PublishedBatch {
  if (error !== undefined) return { kind: "refused" };
  if (seq === undefined || count !== published) {
    return { kind: "uncertain", reason: new Error(`The broker acknowledged ${count} of ${published} messages.`) };
  }
  return { kind: "stored", sequences: Array.from({ length: published }, (_, index) => seq - published + 1 + index) };
}
